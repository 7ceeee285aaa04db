using static TorchSharp.torch;

namespace InitDsl;

/// <summary>What a constructor, or code that runs behind it, leaves in a model's parameters.</summary>
internal sealed class ConstructorSubject(Func<nn.Module> factory, RuleSet promised) : Subject
{
    /// <summary>How many tensors of each shape hold other values just before the constructor runs.</summary>
    private const int Leftovers = 4;

    internal override string Name => $"the constructor, held against {promised.ToString().ReplaceLineEndings(" ")}";

    internal override string? WhyNoVariance => "it is asked of rules and initializers, see CheckModel";

    internal override IReadOnlyList<Drawn> Draw(long seed) => Construct(seed, () => { });

    /// <summary>After another model has been made.</summary>
    internal override IReadOnlyList<Drawn> DrawRearranged(long seed) => Construct(seed, () => factory());

    /// <summary>In memory that was given back full of sevens.</summary>
    internal override IReadOnlyList<Drawn> DrawOver(long seed)
    {
        IReadOnlyList<Drawn> shapes = Draw(seed);
        return Construct(seed, () =>
        {
            using var leftovers = NewDisposeScope();
            foreach (Drawn drawn in shapes)
            {
                for (int i = 0; i < Leftovers; i++)
                {
                    full([.. drawn.Spec.Shape], 7f);
                }
            }
        });
    }

    internal override Growth Propagate(long seed) => throw new NotSupportedException(WhyNoVariance);

    internal override string Repro(string path, long seed) => $"manual_seed({seed}); var model = factory();{Written.Look(path)}";

    private IReadOnlyList<Drawn> Construct(long seed, Action before)
    {
        using var scope = NewDisposeScope();
        using GlobalGenerator held = GlobalGenerator.Hold();
        before();
        GlobalGenerator.Seed(seed);
        nn.Module model = factory();
        return [.. promised.Compile(model, seed).Steps.Select(Drawn.Of)];
    }
}
