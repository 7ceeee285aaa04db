using System.Globalization;
using System.Text.RegularExpressions;

namespace InitDsl;

/// <summary>What a plan says of one parameter, or of rows that have a rule of their own.</summary>
public sealed partial record ParameterRecord
{
    internal ParameterRecord(string path, string shape, string dtype)
    {
        Path = path;
        Shape = shape;
        DType = dtype;
    }

    /// <summary>The dotted path; of rows with them behind it, as <c>rnn.bias_ih_l0[16..32]</c>.</summary>
    public string Path { get; }

    /// <summary>The shape, as <c>[10, 512]</c>.</summary>
    public string Shape { get; }

    /// <summary>The element type, as <c>Float32</c>.</summary>
    public string DType { get; }

    /// <summary>The rule as it is written in code, with every digit; null where no rule matches.</summary>
    public string? Rule { get; internal init; }

    /// <summary>The law, with a digest of given values; null where the values stay as they are.</summary>
    public string? Law { get; internal init; }

    /// <summary>The law's mean; NaN where it is unknown or there is no law.</summary>
    public double Mean { get; internal init; } = double.NaN;

    /// <summary>The law's standard deviation; NaN where it is unknown or there is no law.</summary>
    public double Std { get; internal init; } = double.NaN;

    /// <summary>The law's lower bound; NaN where there is no law.</summary>
    public double Min { get; internal init; } = double.NaN;

    /// <summary>The law's upper bound; NaN where there is no law.</summary>
    public double Max { get; internal init; } = double.NaN;

    /// <summary>
    /// What names the random numbers: the key of the stream in hexadecimal, with PyTorch's generator the number of the
    /// draw and a hash of what was drawn before it, kinds and sizes; null where nothing is drawn.
    /// </summary>
    public string? Stream { get; internal init; }

    /// <summary>The parameter's path without the rows behind it.</summary>
    internal static string WithoutRows(string path) => Rows().Replace(path, "");

    /// <summary>Everything that a fingerprint is made of.</summary>
    internal string?[] Fields =>
        [Path, Shape, DType, Rule, Law, Moment(Mean), Moment(Std), Moment(Min), Moment(Max), Stream];

    /// <summary>What became of the parameter, for a table.</summary>
    internal string Fate => Law ?? (Rule is null ? "left alone" : "kept");

    /// <summary>Law and moments, as far as they can be compared.</summary>
    internal string LawText => string.Join(' ', Law, Moment(Mean), Moment(Std), Moment(Min), Moment(Max));

    [GeneratedRegex(@"\[[0-9]+\.\.[0-9]+\]\z")]
    private static partial Regex Rows();

    /// <summary>Nine digits: the last bits of a square root need not be those of another machine.</summary>
    private static string Moment(double value) => (value + 0.0).ToString("G9", CultureInfo.InvariantCulture);
}
