namespace InitDsl;

/// <summary>Grouping and empty sets change no value, and rules that are all overridden have no say.</summary>
internal sealed class MonoidLaws : Property
{
    internal override InitProperties Kind => InitProperties.Monoid;

    internal override bool ComparesDraws => true;

    internal override string? WhyNotAsked(Subject subject, IReadOnlyList<Drawn> first) => subject.Rules is null ? "there are no rules to put together" : null;

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        RuleSet rules = sample.Subject.Rules!;
        IReadOnlyList<Drawn> expected = sample.Subject.DrawWith(rules, sample.Seed);
        return Variants(rules).Select(variant => (variant.Law, Drawn: sample.Subject.DrawWith(variant.Rules, sample.Seed)))
            .Where(variant => variant.Drawn.Count != expected.Count || !variant.Drawn.Zip(expected).All(pair => pair.First.KeepsSome || pair.First.Same(pair.Second)))
            .Select(variant => sample.Failure(Kind, "", $"{variant.Law} gives other values than the rules themselves"));
    }

    private static IEnumerable<(string Law, RuleSet Rules)> Variants(RuleSet rules)
    {
        RuleSet From(int first, int end) => RuleSet.Of(rules.Rules.Take(first..end));
        int count = rules.Rules.Count;
        (int low, int high) = (count / 3, count - (count / 3));
        yield return ("RuleSet.Empty + rules", RuleSet.Empty + rules);
        yield return ("rules + RuleSet.Empty", rules + RuleSet.Empty);
        yield return ($"({low} rules + {high - low}) + {count - high}", (From(0, low) + From(low, high)) + From(high, count));
        yield return ($"{low} rules + ({high - low} + {count - high})", From(0, low) + (From(low, high) + From(high, count)));
        yield return ("RuleSet.Of the rules one by one", RuleSet.Of(rules.Rules));
        yield return ("rules + rules, of which the last wins,", rules + rules);
    }
}
