using System.Globalization;
using System.Text;

namespace InitDsl;

/// <summary>What calibration did to one layer.</summary>
/// <param name="Path">The layer's path; empty for the root.</param>
/// <param name="Shape">The weight's shape.</param>
/// <param name="VarianceBefore">The variance of its output with the weight it had when it was reached, made orthonormal where asked.</param>
/// <param name="VarianceAfter">The variance of its output in the end.</param>
/// <param name="Factor">What that weight was multiplied by.</param>
/// <param name="Tries">How often it was scaled.</param>
/// <param name="Converged">Whether the variance is within the tolerance of 1.</param>
public sealed record LsuvLayer(
    string Path, Shape Shape, double VarianceBefore, double VarianceAfter, double Factor, int Tries, bool Converged);

/// <summary>What <see cref="Calibrate"/> did, layer by layer in the order of the forward pass.</summary>
public sealed class LsuvReport
{
    internal LsuvReport(IReadOnlyList<LsuvLayer> layers, IReadOnlyList<(string Path, string Why)> skipped)
    {
        Layers = layers;
        Skipped = [.. skipped.Select(layer => $"{(layer.Path.Length == 0 ? "the root" : layer.Path)}: {layer.Why}")];
    }

    /// <summary>The layers that were calibrated.</summary>
    public IReadOnlyList<LsuvLayer> Layers { get; }

    /// <summary>The linear and convolutional layers that were left alone, each with the reason.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Whether every layer's output has unit variance, within the tolerance.</summary>
    public bool Converged => Layers.All(layer => layer.Converged);

    /// <summary>A summary, a row a layer, and what was left alone.</summary>
    public override string ToString()
    {
        int missed = Layers.Count(layer => !layer.Converged);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Layers.Count} {(Layers.Count == 1 ? "layer" : "layers")} calibrated to unit output variance")
            .AppendLine(missed == 0 ? "" : $", {missed} not within the tolerance");
        var table = new TextTable(
            ("layer", false), ("weight", false), ("variance before", true), ("after", true), ("factor", true), ("tries", true), ("", false));
        foreach (LsuvLayer layer in Layers)
        {
            table.Add(
                layer.Path.Length == 0 ? "(root)" : layer.Path,
                layer.Shape.ToString(),
                Numbers.Short(layer.VarianceBefore),
                Numbers.Short(layer.VarianceAfter),
                Numbers.Short(layer.Factor),
                layer.Tries.ToString(CultureInfo.InvariantCulture),
                layer.Converged ? "" : "not within the tolerance");
        }

        text.AppendLine().Append(table);
        foreach (string skipped in Skipped)
        {
            text.AppendLine().Append("left alone: ").Append(skipped);
        }

        return text.ToString().TrimEnd();
    }
}
