namespace InitDsl;

/// <summary>Something that is asked of every subject.</summary>
internal abstract class Property
{
    internal abstract InitProperties Kind { get; }

    /// <summary>Why it cannot be asked; null when it can.</summary>
    internal virtual string? WhyNotAsked(Subject subject, IReadOnlyList<Drawn> first) => null;

    /// <summary>Whether it is about two draws of one seed, so that it says nothing where these differ anyhow.</summary>
    internal virtual bool ComparesDraws => false;

    /// <summary>How many statistical tests it makes.</summary>
    internal virtual int Tests(IReadOnlyList<Drawn> first) => 0;

    /// <summary>What of it was not asked, each with the reason.</summary>
    internal virtual IEnumerable<string> LeftOut(Subject subject, InitLawOptions options) => [];

    /// <summary>Whether all of it is left out.</summary>
    internal virtual bool AsksNothing(Subject subject, InitLawOptions options) => false;

    /// <summary>Everything that does not hold.</summary>
    internal abstract IEnumerable<InitLawFailure> Check(Sample sample);

    /// <summary>Whether two draws of a parameter that should be the same are not.</summary>
    protected static bool Differ(Drawn first, Drawn second) => !first.KeepsSome && !first.Same(second);

    /// <summary>That as many parameters have what is said of one, in words.</summary>
    protected static string Likewise(int parameters) => parameters switch
    {
        < 2 => "",
        2 => "; another parameter likewise",
        _ => $"; {parameters - 1} more parameters likewise",
    };

    /// <summary>Two draws that should be the same: a failure for the first parameter of each that is not.</summary>
    protected IEnumerable<InitLawFailure> Unlike(Sample sample, IReadOnlyList<Drawn> again, string message)
    {
        if (again.Count != sample.First.Count)
        {
            yield return sample.Failure(Kind, "", $"{message}: {sample.First.Count} parameters, then {again.Count}");
            yield break;
        }

        (Drawn First, Drawn Second)[] others = [.. sample.First.Zip(again).Where(pair => Differ(pair.First, pair.Second))];
        if (others.Length > 0)
        {
            (Drawn first, Drawn second) = others[0];
            yield return sample.Failure(
                Kind,
                first.Path,
                $"{message}: {first.Difference(second)}{Likewise(others.Length)}");
        }
    }
}
