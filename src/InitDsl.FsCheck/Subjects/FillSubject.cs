using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Code that fills a tensor, held against the law that it promises.</summary>
internal sealed class FillSubject : Subject
{
    /// <summary>Elements before and behind the tensor that belong to somebody else.</summary>
    private const int Margin = 64;
    private const float Untouched = 12345.5f;

    private static readonly string[] Names = ["first", "second"];
    private readonly Action<Tensor, long> fill;
    private readonly Func<ParamSpec, Law> promised;
    private readonly string promise;
    private readonly long[] shape;
    private readonly LayerStack? stack;
    private readonly Action<Tensor, long>? otherSeed;

    /// <param name="fill">Fills a tensor from a seed.</param>
    /// <param name="promised">The law of a tensor.</param>
    /// <param name="promise">The promise as it is written.</param>
    /// <param name="options">The tensor's shape.</param>
    /// <param name="otherSeed">Fills with a generator while torch's global one has a fixed state; null where no generator is given.</param>
    internal FillSubject(
        Action<Tensor, long> fill,
        Func<ParamSpec, Law> promised,
        string promise,
        InitLawOptions options,
        Action<Tensor, long>? otherSeed = null)
    {
        this.otherSeed = otherSeed;
        this.fill = fill;
        this.promised = promised;
        this.promise = promise;
        shape = [.. options.Shape];
        stack = options.Activation is { } activation ? new(activation) : null;
    }

    internal override string Name => $"the fill that promises {promise}";

    internal override bool ConstantsAreMeant => true;

    internal override string? WhyNoVariance =>
        stack is null ? "say InitLawOptions.Activation, the function between layers" : null;

    internal override IReadOnlyList<Drawn> Draw(long seed) =>
        Fill(seed, () => Names.Select(_ => full(shape, float.NaN)));

    /// <summary>After another fill, in the middle of a larger tensor.</summary>
    internal override IReadOnlyList<Drawn> DrawRearranged(long seed) =>
        Fill(seed, () => Names.Select(_ => Middle(full([Elements + (2 * Margin)], Untouched))), () => fill(full(shape, 1f), seed + 1));

    internal override IReadOnlyList<Drawn> DrawOver(long seed) => Fill(seed, () => Names.Select(_ => full(shape, 1.5f)));

    internal override string? WhyNotDeterministic(long seed)
    {
        if (otherSeed is null)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        using GlobalGenerator held = GlobalGenerator.Hold();
        float[] Values(long generator)
        {
            Tensor target = full(shape, float.NaN);
            using (no_grad())
            {
                otherSeed(target, generator);
            }

            return [.. target.data<float>()];
        }

        return Values(seed).AsSpan().SequenceEqual(Values(seed + 1))
            ? "the generator that is given is ignored, and torch's global one is used"
            : "something beside the generator that is given is drawn from";
    }

    internal override IEnumerable<string> Strays(long seed)
    {
        using var scope = NewDisposeScope();
        using GlobalGenerator held = GlobalGenerator.Hold();
        GlobalGenerator.Seed(seed);
        Tensor whole = full([Elements + (2 * Margin)], Untouched);
        using (no_grad())
        {
            fill(Middle(whole), seed);
        }

        float[] values = [.. whole.data<float>()];
        int changed = values.Take(Margin).Concat(values.TakeLast(Margin)).Count(value => value != Untouched);
        return changed == 0 ? [] : [$"{changed} values beside the tensor were changed"];
    }

    internal override Growth Propagate(long seed) => stack!.Propagate(seed, specs =>
    {
        using GlobalGenerator held = GlobalGenerator.Hold();
        GlobalGenerator.Seed(seed);
        return [.. specs.Select((spec, i) => Read(spec, full([.. spec.Shape], float.NaN), seed + i))];
    });

    /// <summary>The first tensor, and the second where it is about that one: it goes on from where the first stopped.</summary>
    internal override string Repro(string path, long seed)
    {
        string[] names = path == Names[1] ? Names : [Names[0]];
        string made = string.Concat(names.Select(name => $"var {name} = full({new Shape(shape)}, float.NaN); "));
        return made + (otherSeed is null ? $"manual_seed({seed}); " : "")
            + string.Join(" ", names.Select((name, i) => otherSeed is null ? $"fill({name});" : $"fill({name}, new Generator({unchecked((ulong)(seed + i))}));"));
    }

    private long Elements => shape.Aggregate(1L, (product, size) => product * size);

    private Tensor Middle(Tensor whole) => whole.narrow(0, Margin, Elements).view(shape);

    private IReadOnlyList<Drawn> Fill(long seed, Func<IEnumerable<Tensor>> tensors, Action? before = null)
    {
        using var scope = NewDisposeScope();
        using GlobalGenerator held = GlobalGenerator.Hold();
        Tensor[] targets = [.. tensors()];
        before?.Invoke();
        GlobalGenerator.Seed(seed);
        return [.. targets.Select((target, i) => Read(SpecOf(target, Names[i]), target, seed + i))];
    }

    private Drawn Read(ParamSpec spec, Tensor target, long seed)
    {
        using (no_grad())
        {
            fill(target, seed);
        }

        float[] values = [.. target.contiguous().data<float>()];
        return new(spec, promised(spec), System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }

    /// <summary>A tensor on its own: its axes are taken as PyTorch's.</summary>
    private static ParamSpec SpecOf(Tensor tensor, string name)
    {
        ParamSpec alone = new SingleTensor(tensor).Stores[0].Spec;
        return new()
        {
            ModulePath = "",
            Name = name,
            Role = ParamRole.Weight,
            Shape = alone.Shape,
            LayerFans = alone.LayerFans,
            TorchFans = alone.TorchFans,
        };
    }
}
