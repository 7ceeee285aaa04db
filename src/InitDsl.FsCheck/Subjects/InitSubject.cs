namespace InitDsl;

/// <summary>An initializer, on the layers that it can be applied to.</summary>
internal sealed class InitSubject : Subject
{
    private const int OddRun = 97;
    private readonly Init init;
    private readonly IReadOnlyList<ParamSpec> layers;
    private readonly LayerStack? stack;

    /// <summary>Whether nothing but the seed may have been said of how to ask.</summary>
    private readonly bool plain;

    /// <exception cref="InitException">No layer takes the initializer.</exception>
    internal InitSubject(Init init, InitLawOptions options)
    {
        this.init = init;
        layers = ProbeLayers.For(init, out IReadOnlyList<string> failed);
        NotDrawn = failed;
        plain = options with { Seed = InitLawOptions.Default.Seed } == InitLawOptions.Default;
        stack = options.Activation is { } activation ? new(activation) : null;
    }

    internal override string Name => init.ToString();

    internal override bool ConstantsAreMeant => Says(init);

    internal override IReadOnlyList<string> NotDrawn { get; }

    internal override RuleSet? Rules => Dsl.All.Param("*", Dsl.Zeros) + ProbeLayers.RuleFor(init);

    internal override string? WhyNoVariance =>
        stack is null ? "say InitLawOptions.Activation, the function between layers" : null;

    internal override IReadOnlyList<Drawn> Draw(long seed) => DrawWith(ProbeLayers.RuleFor(init), seed);

    internal override IReadOnlyList<Drawn> DrawWith(RuleSet rules, long seed) =>
        new MemoryModel([.. layers.Select(layer => new MemoryParameter(layer))]).Draw(rules, seed);

    /// <summary>Last layer first, in runs of an odd length, beside a parameter that was not there.</summary>
    internal override IReadOnlyList<Drawn> DrawRearranged(long seed)
    {
        MemoryParameter[] reversed = [.. layers.Reverse().Select(layer => new MemoryParameter(layer, OddRun))];
        var neighbour = new MemoryParameter(new ParamSpec
        {
            ModulePath = "neighbour",
            Name = "scale",
            Role = ParamRole.Other,
            Shape = new(5),
        });
        RuleSet rules = ProbeLayers.RuleFor(init) + Dsl.Named("neighbour").Param("*", Dsl.Normal());
        IReadOnlyList<Drawn> drawn = new MemoryModel([neighbour, .. reversed]).Draw(rules, seed);
        return [.. drawn.Skip(1).Reverse()];
    }

    internal override IReadOnlyList<Drawn> DrawOver(long seed)
    {
        var model = new MemoryModel([.. layers.Select(layer => new MemoryParameter(layer, before: 0x3F))]);
        model.Draw(ProbeLayers.RuleFor(init), seed);
        return model.Draw(ProbeLayers.RuleFor(init), seed);
    }

    internal override Growth Propagate(long seed) =>
        stack!.Propagate(seed, specs => new MemoryModel([.. specs.Select(spec => new MemoryParameter(spec))]).Draw(ProbeLayers.RuleFor(init), seed));

    internal override string Repro(string path, long seed) => path.Length == 0
        ? $"InitLaws.Check({Written.Of(init, nameof(init))}, {(plain ? "new InitLawOptions" : "options with")} {{ Seed = {seed} }});"
        : $"{ProbeLayers.CodeOf(path)}.Initialize(All.Param(\"*\", {Written.Of(init, nameof(init))}), seed: {seed});{Written.Look(path)}";

    /// <summary>Whether the initializer says its law itself, and leaves nothing to a function.</summary>
    private static bool Says(Init init) => init switch
    {
        FromInit => false,
        BlendInit blend => Says(blend.Inner) && Says(blend.Other),
        WrappedInit wrapped => Says(wrapped.Inner),
        _ => true,
    };
}
