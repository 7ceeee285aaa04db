using System.Text.Json.Nodes;
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
    [InlineData("run")]
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
        Assert.Contains("--json", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_examples_of_the_help_are_what_they_say()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("rules.json", string.Join('\n', Indented((await ChildProcess.InitDsl("check", "--help")).Output)));
        Ran check = await ChildProcess.InitDsl("check", rules);
        Assert.True(check.ExitCode == 0 && check.Output.Contains("Named(\"head\").Weight(Normal(0, 0.02))", StringComparison.Ordinal), check.ToString());
        string model = folder.Write("model.csx", string.Join('\n', Indented((await ChildProcess.InitDsl("explain", "--help")).Output)));
        Ran explain = await ChildProcess.InitDsl("explain", folder.Write("own.json", Rules), "--model", model, "--seed", "42");
        Assert.True(explain.ExitCode == 0, explain.ToString());
    }

    [Fact]
    public async Task Check_says_what_a_file_is()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("rules.json", Rules);
        Ran fine = await ChildProcess.InitDsl("check", rules);
        Assert.Equal((0, "When<Linear>().Weight(Kaiming).Bias(Zeros)", ""), (fine.ExitCode, fine.Output.Trim(), fine.Errors));
        JsonNode answer = Json(await ChildProcess.InitDsl("check", rules, "--json"), 0);
        Assert.Equal("When<Linear>().Weight(Kaiming).Bias(Zeros)", (string?)answer["rules"]![0]);

        string slip = folder.Write("slip.json", Rules.Replace("Kaiming", "Kaimng", StringComparison.Ordinal));
        Ran wrong = await ChildProcess.InitDsl("check", slip);
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("4:40 $.rules[0][1].Weight: there is no word \"Kaimng\"", wrong.Errors, StringComparison.Ordinal);
        JsonNode problem = Problem(await ChildProcess.InitDsl("check", slip, "--json"), 1);
        Assert.Equal((InitTextException.Code, "error"), ((string)problem["code"]!, (string)problem["severity"]!));
        Assert.Equal((slip, 4, 40, "$.rules[0][1].Weight"), ((string)problem["file"]!, (int)problem["line"]!, (int)problem["column"]!, (string)problem["path"]!));

        string none = Path.Combine(folder.Path, "none.json");
        Ran missing = await ChildProcess.InitDsl("check", none);
        Assert.Equal((2, $"error: There is no file {none}."), (missing.ExitCode, missing.Errors.Trim()));
        JsonNode usage = Problem(await ChildProcess.InitDsl("check", none, "--json"), 2);
        Assert.Equal(("usage", "error", $"There is no file {none}."), ((string)usage["code"]!, (string)usage["severity"]!, (string)usage["message"]!));
        Assert.Equal(2, (await ChildProcess.InitDsl("check", folder.Path)).ExitCode);
    }

    [Fact]
    public async Task Explain_prints_the_plan_and_diff_what_a_line_of_the_rules_did()
    {
        using var folder = new TemporaryFolder();
        string model = folder.Write("model.csx", $"Console.WriteLine(\"not JSON\");\n{Model}");
        string rules = folder.Write("rules.json", Rules);
        Ran plan = await ChildProcess.InitDsl("explain", rules, "--model", model, "--seed", "42");
        Assert.Equal((0, "not JSON"), (plan.ExitCode, plan.Errors.Trim()));
        Assert.Contains("fc1.weight  [4, 8]  #1", plan.Output, StringComparison.Ordinal);
        string text = (await ChildProcess.InitDsl("explain", rules, "--model", model, "--seed", "42", "--json")).Output;
        string before = folder.Write("a.plan.json", text);
        Assert.EndsWith($"\nfingerprint {JsonNode.Parse(text)!["fingerprint"]}", plan.Output.ReplaceLineEndings("\n").TrimEnd(), StringComparison.Ordinal);

        string changed = folder.Write("changed.json", Rules.Replace("\"Kaiming\"", "\"Xavier\"", StringComparison.Ordinal));
        string after = folder.Write("b.plan.json", (await ChildProcess.InitDsl("explain", changed, "--model", model, "--seed", "42", "--json")).Output);
        Ran diff = await ChildProcess.InitDsl("diff", before, after);
        Assert.Equal((1, ""), (diff.ExitCode, diff.Errors));
        Assert.Contains("4 of 4 parameters differ", diff.Output, StringComparison.Ordinal);
        Assert.Contains("When<Linear>().Weight(Xavier).Bias(Zeros)", diff.Output, StringComparison.Ordinal);
        JsonNode differences = Json(await ChildProcess.InitDsl("diff", before, after, "--json"), 1);
        Assert.False((bool)differences["same"]!);
        Assert.Equal(["rule", "law"], differences["changes"]![0]!["differs"]!.AsArray().Select(what => (string)what!));

        Assert.Equal(0, (await ChildProcess.InitDsl("diff", before, before)).ExitCode);
        Assert.True((bool)Json(await ChildProcess.InitDsl("diff", before, before, "--json"), 0)["same"]!);
        Assert.Equal(2, (await ChildProcess.InitDsl("diff", before, rules)).ExitCode);
        JsonNode notAPlan = Problem(await ChildProcess.InitDsl("diff", before, rules, "--json"), 2);
        Assert.Equal(rules, (string?)notAPlan["file"]);
        Assert.StartsWith("this is a rule file, not the record of a plan", (string?)notAPlan["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_refuses_rules_that_do_not_fit_and_scripts_that_make_no_model()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("rules.json", Rules.Replace("Linear", "Linaer", StringComparison.Ordinal));
        string model = folder.Write("model.csx", Model);
        Ran wrong = await ChildProcess.InitDsl("explain", rules, "--model", model);
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("Did you mean Linear?", wrong.Errors, StringComparison.Ordinal);
        string[] lines = wrong.Errors.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(["code", "severity", "message"], Cells(lines[2]));
        Assert.Equal(["INIT017", "error"], Cells(lines[4])[..2]);
        Assert.DoesNotContain("INIT101", wrong.Errors, StringComparison.Ordinal);
        JsonNode unknown = Problem(await ChildProcess.InitDsl("explain", rules, "--model", model, "--json"), 1);
        Assert.Equal(("INIT017", "error"), ((string)unknown["code"]!, (string)unknown["severity"]!));
        Assert.Equal((rules, 4, 16, "$.rules[0][0].When"), ((string)unknown["file"]!, (int)unknown["line"]!, (int)unknown["column"]!, (string)unknown["path"]!));

        string several = folder.Write("several.json", Rules.Replace("\"rules\": [", "\"rules\": [[{ \"Named\": \"nowhere\" }, \"Keep\"], [\"All\", { \"Bias\": \"Xavier\" }],", StringComparison.Ordinal)
            .Replace(", { \"Bias\": \"Zeros\" }", "", StringComparison.Ordinal));
        string[] table = (await ChildProcess.InitDsl("explain", several, "--model", model)).Errors.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(["code", "severity", "path", "message"], Cells(table[2]));
        Assert.Equal(
            [("INIT001", "error", "fc1.bias"), ("INIT001", "error", "fc2.bias"), ("INIT101", "warning", "")],
            table.Select(Cells).Where(cells => cells is [['I', ..], ..]).Select(cells => (cells[0], cells[1], cells[2])));

        string none = folder.Write("none.csx", "1 + 1");
        Ran noModel = await ChildProcess.InitDsl("explain", rules, "--model", none);
        Assert.Equal((2, $"error: {none} makes no model: its last expression is to be one, not a Int32."), (noModel.ExitCode, noModel.Errors.Trim()));
        JsonNode compile = Problem(await ChildProcess.InitDsl("explain", rules, "--model", folder.Write("wrong.csx", "\n  Unknown()"), "--json"), 1);
        Assert.Equal(("CS0103", 2, 3), ((string)compile["code"]!, (int)compile["line"]!, (int)compile["column"]!));
    }

    [Fact]
    public async Task Run_tells_as_JSON_what_was_applied_and_what_went_wrong()
    {
        Ran ran = await ChildProcess.InitDsl("run", "--json", Repository.Fixture("fill.csx"));
        JsonNode fill = Json(ran, 0);
        Assert.Equal("2 3.5", ran.Errors.Trim());
        JsonNode applied = Assert.Single(fill["applied"]!.AsArray())!;
        Assert.Equal(("Sequential", "Philox", 1, 2, 8), ((string)applied["model"]!, (string)applied["source"]!, (int)applied["seed"]!, (int)applied["parameters"]!, (int)applied["values"]!));
        Assert.Matches("^[0-9a-f]{64}$", (string)applied["fingerprint"]!);
        Assert.Empty(fill["problems"]!.AsArray());

        JsonNode returns = Json(await ChildProcess.InitDsl("run", "--json", Repository.Fixture("returns.csx"), "3"), 3);
        Assert.Equal((3, "3"), ((int)returns["exitCode"]!, (string)returns["result"]!));

        JsonNode refused = Json(await ChildProcess.InitDsl("run", "--json", Repository.Fixture("refused.csx")), 1);
        Assert.All(refused["problems"]!.AsArray(), problem => Assert.StartsWith("INIT", (string)problem!["code"]!, StringComparison.Ordinal));
        JsonNode throws = Problem(await ChildProcess.InitDsl("run", "--json", Repository.Fixture("throws.csx"), "plain"), 1);
        Assert.Equal(("System.InvalidOperationException", 5, 20), ((string)throws["code"]!, (int)throws["line"]!, (int)throws["column"]!));
        JsonNode compile = Json(await ChildProcess.InitDsl("run", "--json", Repository.Fixture("does-not-compile.csx")), 1);
        Assert.Equal(["CS1504", "CS0029", "CS0103", "CS0029"], compile["problems"]!.AsArray().Select(problem => (string)problem!["code"]!));
        Assert.Equal(2, (int)Json(await ChildProcess.InitDsl("run", "--json", "nowhere.csx"), 2)["exitCode"]!);
    }

    [Fact]
    public async Task What_nobody_expected_is_a_problem_with_a_trace_and_a_code_of_its_own()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("rules.json", Rules);
        string model = folder.Write("model.csx", """
            class Own : Module<Tensor, Tensor>
            {
                public Own() : base("own") { }
                public override Tensor forward(Tensor x) => x;
                public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse) => throw new NotImplementedException("no parameters");
                public override IEnumerable<(string name, Module module)> named_children() => throw new NotImplementedException("no children");
            }
            new Own()
            """);
        Ran ran = await ChildProcess.InitDsl("explain", rules, "--model", model);
        Assert.True(ran is { ExitCode: 70, Output: "" }, ran.ToString());
        string[] lines = ran.Errors.ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("error: System.NotImplementedException, which initdsl did not expect: no ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("   at ", StringComparison.Ordinal) && line.Contains("Own.named_", StringComparison.Ordinal));

        Ran asJson = await ChildProcess.InitDsl("explain", rules, "--model", model, "--json");
        JsonNode problem = Problem(asJson, 70);
        Assert.Equal(("System.NotImplementedException", "error"), ((string)problem["code"]!, (string)problem["severity"]!));
        Assert.Contains("   at ", asJson.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_of_a_plan_that_is_written_as_JSON_go_to_standard_error()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("rules.json", Rules.Replace("\"rules\": [", "\"rules\": [[{ \"Named\": \"fc9\" }, \"Keep\"],", StringComparison.Ordinal));
        Ran ran = await ChildProcess.InitDsl("explain", rules, "--model", folder.Write("model.csx", Model), "--json");
        Assert.Equal("Philox", (string?)Json(ran, 0)["source"]);
        Assert.StartsWith("INIT101 warning: Named(\"fc9\").Keep()", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_of_the_library_are_written_short_and_ones_own_in_full()
    {
        using var folder = new TemporaryFolder();
        Ran ran = await ChildProcess.InitDsl("run", folder.Write("types.csx", """
            class Own { }
            Console.Write((When<Linear, Module<Tensor, Tensor>>().Weight(Ones) + When<Own>().Keep()).ToJson());
            """));
        JsonNode written = Json(ran, 0);
        Assert.Equal(["Linear", "Module<Tensor, Tensor>"], written["rules"]![0]![0]!["When"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("Submission#0+Own", (string?)written["rules"]![1]![0]!["When"]);
    }

    /// <summary>What stands between the lines of a table's row.</summary>
    private static string[] Cells(string row) => [.. row.Split('│').Skip(1).SkipLast(1).Select(cell => cell.Trim())];

    private static IEnumerable<string> Indented(string help) =>
        help.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal) && !line.TrimStart().StartsWith("--", StringComparison.Ordinal));

    /// <summary>The one thing that a command with --json found wrong.</summary>
    private static JsonNode Problem(Ran ran, int exitCode) => Assert.Single(Json(ran, exitCode)["problems"]!.AsArray())!;

    private static JsonNode Json(Ran ran, int exitCode)
    {
        Assert.True(ran.ExitCode == exitCode, ran.ToString());
        return JsonNode.Parse(ran.Output)!;
    }
}
