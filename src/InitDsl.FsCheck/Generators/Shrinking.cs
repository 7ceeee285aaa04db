namespace InitDsl;

/// <summary>Smaller things than a given one, the smallest first.</summary>
internal static class Shrinking
{
    private static readonly Init[] Simplest = [Dsl.Zeros, Dsl.Normal(), Dsl.Uniform(-1, 1), Dsl.Kaiming];

    /// <summary>Down to 1, then by halves, then by one.</summary>
    internal static IEnumerable<long> Size(long size) =>
        size <= 1 ? [] : new[] { 1, size / 2, size - 1 }.Distinct().Where(smaller => smaller < size);

    internal static IEnumerable<Shape> Shape(Shape shape)
    {
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            yield return new([.. shape.Take(axis), .. shape.Skip(axis + 1)]);
        }

        foreach (Shape smaller in Sizes(shape))
        {
            yield return smaller;
        }
    }

    /// <summary>The same rank with smaller sizes.</summary>
    internal static IEnumerable<Shape> Sizes(Shape shape)
    {
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            foreach (long smaller in Size(shape[axis]))
            {
                yield return new([.. shape.Take(axis), smaller, .. shape.Skip(axis + 1)]);
            }
        }
    }

    /// <summary>What an initializer is made of, the same around something simpler, and the simplest words.</summary>
    internal static IEnumerable<Init> Init(Init init)
    {
        if (init is WrappedInit wrapped)
        {
            yield return wrapped.Inner;
            if (init is BlendInit blend)
            {
                yield return blend.Other;
            }

            foreach (Init inner in Init(wrapped.Inner))
            {
                yield return wrapped.Around(inner);
            }

            yield break;
        }

        foreach (Init simpler in Simplest.TakeWhile(simple => simple.ToString() != init.ToString()))
        {
            yield return simpler;
        }
    }

    /// <summary>A rule for everything, with fewer words, with simpler initializers.</summary>
    internal static IEnumerable<Rule> Rule(Rule rule)
    {
        if (rule.Selector.ToString() != Dsl.All.ToString())
        {
            yield return new(Dsl.All, [.. rule.Clauses]);
        }

        for (int i = 0; i < rule.Clauses.Count; i++)
        {
            if (rule.Clauses.Count > 1)
            {
                yield return new(rule.Selector, [.. rule.Clauses.Where((_, j) => j != i)]);
            }

            foreach (Clause simpler in Clause(rule.Clauses[i]))
            {
                yield return new(rule.Selector, [.. rule.Clauses.Select((clause, j) => j == i ? simpler : clause)]);
            }
        }
    }

    /// <summary>Fewer rules, and simpler ones.</summary>
    internal static IEnumerable<RuleSet> Rules(RuleSet rules)
    {
        for (int i = 0; i < rules.Rules.Count; i++)
        {
            RuleSet before = RuleSet.Of(rules.Rules.Take(i));
            RuleSet after = RuleSet.Of(rules.Rules.Skip(i + 1));
            yield return before + after;
            foreach (Rule simpler in Rule(rules.Rules[i]))
            {
                yield return before + simpler + after;
            }
        }
    }

    private static IEnumerable<Clause> Clause(Clause clause) =>
        clause.Init is null ? [] : Init(clause.Init).Select(init => clause with { Init = init });
}
