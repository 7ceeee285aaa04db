namespace InitDsl;

/// <summary>Whatever writes initial values and is asked for its properties: an initializer, rules on a model, code of the user's.</summary>
internal abstract class Subject
{
    /// <summary>The subject as it is written in code.</summary>
    internal abstract string Name { get; }

    /// <summary>Whether a constant weight is what was asked for, and no oversight of a rule.</summary>
    internal virtual bool ConstantsAreMeant => false;

    /// <summary>The parameters that nothing can be asked of, each with the reason.</summary>
    internal virtual IReadOnlyList<string> NotDrawn => [];

    /// <summary>The rules whose laws as a monoid can be tested; null where there are none.</summary>
    internal virtual RuleSet? Rules => null;

    /// <summary>Why its variance through layers cannot be measured; null when it can.</summary>
    internal abstract string? WhyNoVariance { get; }

    /// <summary>Draws every parameter once.</summary>
    /// <param name="seed">What the values should depend on, and nothing else.</param>
    internal abstract IReadOnlyList<Drawn> Draw(long seed);

    /// <summary>The same draw where order, chunks, neighbours and place in memory are others.</summary>
    internal abstract IReadOnlyList<Drawn> DrawRearranged(long seed);

    /// <summary>The same draw over memory that holds other values.</summary>
    internal abstract IReadOnlyList<Drawn> DrawOver(long seed);

    /// <summary>The draw of other rules on the same model.</summary>
    internal virtual IReadOnlyList<Drawn> DrawWith(RuleSet rules, long seed) =>
        throw new NotSupportedException($"{Name} has no rules.");

    /// <summary>Why the same seed gives other values, where that can be told.</summary>
    internal virtual string? WhyNotDeterministic(long seed) => null;

    /// <summary>What was written where nothing should be.</summary>
    internal virtual IEnumerable<string> Strays(long seed) => [];

    /// <summary>By how much the mean square grows through the layers, forward of the values and backward of the gradients.</summary>
    internal abstract Growth Propagate(long seed);

    /// <summary>
    /// The fans that the weights are scaled by: the fan-in keeps the mean square forward, the fan-out backward, and their
    /// average stands for everything between.
    /// </summary>
    internal virtual FanMode Promise() => FanMode.FanIn;

    /// <summary>Code that draws the same values again, of what the check was given or its parameters' names.</summary>
    /// <param name="path">The parameter to look at; empty for all.</param>
    /// <param name="seed">The seed.</param>
    internal abstract string Repro(string path, long seed);
}
