using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// One forward pass, in which each layer is calibrated when it is reached: its output is computed again until it has unit
/// variance, and what follows gets that output.
/// </summary>
internal sealed class LsuvRun
{
    private readonly Dictionary<nn.Module, ParamSpec> waiting = new(ReferenceEqualityComparer.Instance);

    /// <summary>All layers, those that are left alone too.</summary>
    private readonly Dictionary<nn.Module, ParamSpec> all = new(ReferenceEqualityComparer.Instance);
    private readonly List<LsuvLayer> done = [];
    private readonly List<(string Path, string Why)> skipped = [];
    private readonly double tolerance;
    private readonly int maxTries;
    private readonly bool orthonormal;

    /// <summary>The layer that computes its output at the moment, and what it was given.</summary>
    private (ParamSpec Spec, Tensor Input)? entered;

    internal LsuvRun(nn.Module model, Selector layers, double tolerance, int maxTries, bool orthonormal)
    {
        (this.tolerance, this.maxTries, this.orthonormal) = (tolerance, maxTries, orthonormal);
        var errors = new List<Diagnostic>();
        foreach (TorchParameterStore store in new TorchModel(model).Stores.Cast<TorchParameterStore>())
        {
            foreach (ParameterSite site in store.Sites.Where(site => IsLayer(site.Owner) && site.Name == "weight"))
            {
                all.TryAdd(site.Owner, site.Spec);
                if (layers.Matches(site.Spec))
                {
                    Add(store, site, errors);
                }
            }
        }

        if (errors.Count == 0 && waiting.Count == 0 && skipped.Count == 0)
        {
            errors.Add(Findings.NothingToCalibrate(Code.TypeName(model.GetType())));
        }

        if (errors.Count > 0)
        {
            throw new InitException(errors);
        }
    }

    internal LsuvReport Report => new(done, skipped);

    internal static bool IsLayer(nn.Module module) => module is Linear or Convolution;

    /// <param name="forward">Runs the model.</param>
    /// <param name="batch">What it runs it on; null where only <paramref name="forward"/> knows.</param>
    /// <exception cref="InitException">A layer cannot be calibrated, or its input does not fit it.</exception>
    internal void Run(Action forward, Tensor? batch)
    {
        var removals = new List<Action>();
        try
        {
            foreach ((nn.Module module, ParamSpec spec) in all)
            {
                var layer = (nn.Module<Tensor, Tensor>)module;
                removals.Add(layer.register_forward_pre_hook((_, input) => Enter(spec, input)).remove);
                removals.Add(layer.register_forward_hook((_, input, output) => Reach(layer, input, output)).remove);
            }

            forward();
        }
        catch (Exception refused) when (entered is not null && refused is ExternalException or ArgumentException)
        {
            // libtorch says which numbers do not fit, and not where.
            (ParamSpec spec, Tensor input) = entered.Value;
            throw new InitException(Findings.InputDoesNotFit(
                spec, Described(input), batch is null ? null : Described(batch), refused.Message.Split('\n')[0].TrimEnd('.', '\r')));
        }
        finally
        {
            removals.ForEach(remove => remove());
        }

        skipped.AddRange(waiting.Values.Select(spec => (
            spec.ModulePath, "forward did not reach it; hooks see a layer's call(…), not its forward(…)")));
    }

    private void Add(TorchParameterStore store, ParameterSite site, List<Diagnostic> errors)
    {
        if ((Unusable(site) ?? store.WhyNotWritable()) is { } why)
        {
            errors.Add(Findings.NotWritable(site.Spec, why));
        }
        else if (!site.Tensor.requires_grad)
        {
            skipped.Add((site.Spec.ModulePath, "its weight is frozen"));
        }
        else if (store.Sites.FirstOrDefault(other => !ReferenceEquals(other.Owner, site.Owner)) is { } shared)
        {
            skipped.Add((site.Spec.ModulePath, $"its weight is shared with {shared.Spec.Path}"));
        }
        else
        {
            waiting.TryAdd(site.Owner, site.Spec);
        }
    }

    private static string? Unusable(ParameterSite site) =>
        site.Spec.Deferred ? "the model was built deferred and has no values yet. Fill it first, with model.Initialize(rules) or plan.Apply()."
        : !site.Spec.DType.IsReal() ? $"its dtype is {site.Spec.DType}, and only real numbers are calibrated."
        : null;

    private Tensor Enter(ParamSpec spec, Tensor input)
    {
        entered = (spec, input);
        return input;
    }

    private static string Described(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] of {tensor.dtype}";

    /// <summary>Calibrates a layer at its first call.</summary>
    /// <returns>The output with the weight that it has then; the one before is disposed of, since nothing follows it.</returns>
    private Tensor Reach(nn.Module<Tensor, Tensor> layer, Tensor input, Tensor output)
    {
        entered = null;
        if (!waiting.Remove(layer, out ParamSpec? spec))
        {
            return output;
        }

        using IDisposable withoutGradients = no_grad();
        Tensor weight = OwnParameters.Find(layer, "weight")!;
        using Tensor start = Start(weight, spec);
        double factor = 1;
        int tries = 0;
        Tensor current = Output(layer, input, weight, start, factor);
        double before = Variance(current, spec);
        double variance = before;
        while (Math.Abs(variance - 1) > tolerance && tries < maxTries)
        {
            current.Dispose();
            factor /= Math.Sqrt(variance);
            tries++;
            current = Output(layer, input, weight, start, factor);
            variance = Variance(current, spec);
        }

        done.Add(new(spec.ModulePath, spec.Shape, before, variance, factor, tries, Math.Abs(variance - 1) <= tolerance));
        output.Dispose();
        return current;
    }

    /// <summary>The weight that is scaled, in float64.</summary>
    private Tensor Start(Tensor weight, ParamSpec spec)
    {
        using Tensor values = weight.detach();
        using Tensor doubles = values.to(ScalarType.Float64);
        if (!orthonormal || spec.Shape.Elements == 0)
        {
            return doubles.clone();
        }

        using Tensor matrix = doubles.reshape(spec.Shape[0], -1);
        bool wide = matrix.shape[0] < matrix.shape[1];
        using Tensor tall = wide ? matrix.t() : matrix.alias();
        (Tensor q, Tensor r) = linalg.qr(tall);
        using (q)
        using (r)
        {
            using Tensor diagonal = r.diag(0);
            double[] lengths = diagonal.data<double>().ToArray();
            if (!lengths.All(double.IsFinite) || lengths.Min(Math.Abs) <= 1e-12 * lengths.Max(Math.Abs))
            {
                throw new InitException(Findings.CannotCalibrate(
                    spec,
                    "the rows of its weight depend on each other (all zeros, or equal rows), so that nothing orthonormal can be made of it.",
                    "Initialise it by a random law first, as Orthogonal() or Kaiming, or leave the layer out"));
            }

            using Tensor signs = diagonal.sign();
            q.mul_(signs);
            using Tensor turned = wide ? q.t() : q.alias();
            using Tensor shaped = turned.reshape([.. spec.Shape]);
            return shaped.clone();
        }
    }

    private static Tensor Output(nn.Module<Tensor, Tensor> layer, Tensor input, Tensor weight, Tensor start, double factor)
    {
        using Tensor scaled = start * factor;
        weight.copy_(scaled);
        return layer.forward(input);
    }

    /// <summary>The variance of all elements, in float64.</summary>
    private static double Variance(Tensor output, ParamSpec spec)
    {
        using Tensor values = output.detach();
        using Tensor doubles = values.to(ScalarType.Float64);
        using Tensor mean = doubles.mean();
        using Tensor centred = doubles - mean;
        using Tensor squares = centred * centred;
        using Tensor average = squares.mean();
        double variance = average.item<double>();
        return double.IsFinite(variance) && variance > 0 ? variance : throw new InitException(Findings.CannotCalibrate(
            spec,
            variance == 0 ? "its output is the same everywhere." : "its output is not finite, or the batch is empty.",
            "Give it a batch of inputs that differ and are finite, and weights that are not zero, or leave the layer out"));
    }
}
