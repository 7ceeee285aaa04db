using InitDsl.Tests.Running;

namespace InitDsl.Tests;

/// <summary>The commands about files of rules and plans.</summary>
public class RuleFileTests
{
    private const string Rules =
        """
        {
          "initdsl": 1,
          "rules": [
            [{ "When": "Linear" }, { "Weight": "Kaiming" }, { "Bias": "Zeros" }]
          ]
        }
        """;

    private const string Model = """Sequential(("fc1", Linear(8, 4)), ("act", ReLU()), ("fc2", Linear(4, 2)))""";

    [Theory]
    [InlineData("check")]
    [InlineData("explain")]
    [InlineData("diff")]
    public async Task Help_has_an_example_and_the_exit_codes(string command)
    {
        Ran ran = await ChildProcess.InitDsl(command, "--help");
        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        Assert.Contains($"initdsl {command} ", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Example:", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_what_a_file_is()
    {
        using var folder = new TemporaryFolder();
        Ran fine = await ChildProcess.InitDsl("check", folder.Write("rules.json", Rules));
        Assert.Equal((0, "When<Linear>().Weight(Kaiming).Bias(Zeros)", ""), (fine.ExitCode, fine.Output.Trim(), fine.Errors));
        string slip = folder.Write("slip.json", Rules.Replace("Kaiming", "Kaimng", StringComparison.Ordinal));
        Ran wrong = await ChildProcess.InitDsl("check", slip);
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("4:40 $.rules[0][1].Weight: there is no word \"Kaimng\"", wrong.Errors, StringComparison.Ordinal);
        Ran json = await ChildProcess.InitDsl("check", slip, "--json");
        Assert.Contains("\"line\": 4, \"column\": 40", json.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ChildProcess.InitDsl("check", folder.Path + "/none.json")).ExitCode);
    }

    [Fact]
    public async Task Explain_prints_the_plan_and_diff_what_a_line_of_the_rules_did()
    {
        using var folder = new TemporaryFolder();
        string model = folder.Write("model.csx", Model);
        string rules = folder.Write("rules.json", Rules);
        Ran plan = await ChildProcess.InitDsl("explain", rules, "--model", model, "--seed", "42");
        Assert.Equal((0, ""), (plan.ExitCode, plan.Errors));
        Assert.Contains("fc1.weight  [4, 8]  #1", plan.Output, StringComparison.Ordinal);
        string before = folder.Write("a.plan.json", (await ChildProcess.InitDsl("explain", rules, "--model", model, "--json")).Output);
        string changed = folder.Write("changed.json", Rules.Replace("\"Kaiming\"", "\"Xavier\"", StringComparison.Ordinal));
        string after = folder.Write("b.plan.json", (await ChildProcess.InitDsl("explain", changed, "--model", model, "--json")).Output);
        Ran diff = await ChildProcess.InitDsl("diff", before, after);
        Assert.Equal((1, ""), (diff.ExitCode, diff.Errors));
        Assert.Contains("4 of 4 parameters differ", diff.Output, StringComparison.Ordinal);
        Assert.Contains("When<Linear>().Weight(Xavier).Bias(Zeros)", diff.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await ChildProcess.InitDsl("diff", before, before)).ExitCode);
        Assert.Equal(2, (await ChildProcess.InitDsl("diff", before, rules)).ExitCode);
    }

    [Fact]
    public async Task Explain_refuses_rules_that_do_not_fit_and_scripts_that_make_no_model()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("rules.json", Rules.Replace("Linear", "Linaer", StringComparison.Ordinal));
        Ran wrong = await ChildProcess.InitDsl("explain", rules, "--model", folder.Write("model.csx", Model));
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("Did you mean Linear?", wrong.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await ChildProcess.InitDsl("explain", rules, "--model", folder.Write("none.csx", "1 + 1"))).ExitCode);
    }
}
