using System.IO.Enumeration;

namespace InitDsl.Tests;

/// <summary>
/// The laws of all parameters of a model: patterns over paths (* is any text), the first that fits counts. Every
/// parameter needs one, and every pattern a parameter.
/// </summary>
internal sealed class LawTable : List<(string Pattern, Func<long[], ExpectedLaw> Law)>
{
    internal void Add(string pattern, ExpectedLaw law) => Add((pattern, _ => law));

    internal void Add(string pattern, Func<long[], ExpectedLaw> law) => Add((pattern, law));

    /// <summary>Holds a plan of the rules against the table: no parameter without a rule, no warning.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="model">The model; its values do not matter.</param>
    internal void Holds(RuleSet rules, nn.Module model)
    {
        Plan plan = rules.Compile(model, seed: 1);
        Assert.Empty(plan.Untouched);
        Assert.NotEmpty(plan.Steps);
        Assert.DoesNotContain(plan.Diagnostics, found => found.Severity != Severity.Info);
        var used = new HashSet<string>();
        var wrong = new List<string>();
        foreach (PlanStep step in plan.Steps)
        {
            (string pattern, Func<long[], ExpectedLaw>? law) = Find(row => FileSystemName.MatchesSimpleExpression(row.Pattern, step.Path, ignoreCase: false));
            if (law is null)
            {
                wrong.Add($"{step.Path}: not in the table");
                continue;
            }

            used.Add(pattern);
            if (law([.. step.Shape]).Difference(step.Law) is { } difference)
            {
                wrong.Add($"{step.Path} {step.Shape}: {difference}");
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(this.Select(row => row.Pattern).Except(used));
    }

    /// <summary>The same, and the values that the plan writes follow its laws.</summary>
    internal void HoldsInValues(RuleSet rules, nn.Module model)
    {
        Holds(rules, model);
        Plan plan = rules.Compile(model, seed: 11);
        plan.Apply();
        Verification verification = plan.Verify();
        Assert.True(verification.Passed, verification.ToString());
    }
}
