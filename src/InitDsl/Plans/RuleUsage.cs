namespace InitDsl;

/// <summary>Asks the rules in turn and remembers which of them ever matched, and which ever won.</summary>
internal sealed class RuleUsage(RuleSet rules, List<Diagnostic> findings)
{
    private readonly IReadOnlyList<Rule> rules = rules.Rules;
    private readonly HashSet<int> winners = [];
    private readonly Dictionary<int, HashSet<Rule>> losers = [];
    private readonly HashSet<(int Rule, Clause Clause)> decided = [];
    private readonly HashSet<int> failed = [];

    /// <summary>The last rule that matches wins.</summary>
    internal Decision Decide(ParamSpec spec)
    {
        Rule? winner = null;
        Clause? winning = null;
        List<Rule>? shadowed = null;
        for (int i = rules.Count - 1; i >= 0; i--)
        {
            if (Ask(i, spec) is not { } clause)
            {
                continue;
            }

            decided.Add((i, clause));
            if (winner is null)
            {
                winner = rules[i];
                winning = clause;
                winners.Add(i);
                continue;
            }

            (shadowed ??= []).Insert(0, rules[i]);
            if (!losers.TryGetValue(i, out HashSet<Rule>? to))
            {
                losers[i] = to = new(ReferenceEqualityComparer.Instance);
            }

            to.Add(winner);
        }

        return new(spec, winner, winning, shadowed ?? []);
    }

    /// <summary>Rules that match nothing, and rules that never win.</summary>
    internal IEnumerable<Diagnostic> Findings(ModelParameters model)
    {
        for (int i = 0; i < rules.Count; i++)
        {
            Rule rule = rules[i];
            if (failed.Contains(i))
            {
                continue;
            }

            if (!winners.Contains(i) && losers.TryGetValue(i, out HashSet<Rule>? to))
            {
                yield return InitDsl.Findings.Shadowed(rule.ToString(), [.. to.Select(winner => winner.ToString())]);
            }
            else if (!winners.Contains(i))
            {
                yield return InitDsl.Findings.MatchesNothing(rule.ToString(), Hint(rule, model));
            }
            else
            {
                foreach (Clause clause in rule.Clauses.Where(clause => clause.ByName && !decided.Contains((i, clause))))
                {
                    yield return InitDsl.Findings.MatchesNothing($"{clause.Text} of {rule}", Hint(rule, model));
                }
            }
        }
    }

    /// <summary>A predicate that throws is a finding like any other, named once a rule.</summary>
    private Clause? Ask(int rule, ParamSpec spec)
    {
        try
        {
            return rules[rule].Decide(spec);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (failed.Add(rule))
            {
                findings.Add(InitDsl.Findings.PredicateFailed(spec, rules[rule].ToString(), failure));
            }

            return null;
        }
    }

    /// <summary>What the user may have meant: the names that the selected modules do have.</summary>
    private static string? Hint(Rule rule, ModelParameters model)
    {
        if (rule.Selector.CallsUser)
        {
            return null;
        }

        string[] selected =
        [
            .. model.Stores.SelectMany(store => store.Aliases.Prepend(store.Spec))
                .Where(rule.Selector.Matches)
                .Select(spec => spec.QualifiedName)
                .Distinct(),
        ];
        if (selected.Length > 0)
        {
            return $"What it selects has these parameters: {Some(selected)}.";
        }

        if (rule.Selector is NamedSelector named)
        {
            string[] direct =
            [
                .. model.Stores.Select(store => store.Spec).Where(spec => named.MatchesText(spec.Path)).Select(spec => spec.Name).Distinct(),
            ];
            return direct.Length > 0
                ? $"It matches parameters, not modules: address the module and write .Param({Code.Quote(direct[0])}, …)."
                : $"Module paths are {Some([.. model.Stores.Select(store => store.Spec.OwnerPath).Distinct()])}.";
        }

        return $"Module types with parameters are {Some([.. model.Stores.Select(store => store.Spec.ModuleType).OfType<Type>().Select(Code.TypeName).Distinct()])}.";
    }

    private static string Some(string[] names) =>
        names.Length == 0 ? "none"
        : string.Join(", ", names.Take(6).Select(name => name.Length == 0 ? "\"\" (the root)" : name)) + (names.Length > 6 ? ", …" : "");
}
