using System.Reflection;
using System.Text;

namespace InitDsl.Tests;

/// <summary>Rule sets as text.</summary>
public class RuleTextTests
{
    private const string Sample =
        """
        {
          "initdsl": 1,
          "rules": [
            [{ "When": ["FakeLinear", "FakeConv"] }, { "Weight": ["Kaiming", "FanOut", { "Scale": 0.5 }] }, { "Bias": { "Const": 0.01 } }],
            [{ "Named": "fc" }, { "Rows": "^4..^0" }, { "Weight": { "Normal": { "std": 0.02 } } }],
            [{ "When": "FakeLstm" }, { "Param": { "pattern": "weight_hh*", "init": ["Orthogonal", { "For": "Tanh" }, "PerBlock"] } }]
          ]
        }
        """;

    /// <summary>What is put into texts: numbers at the ends of what doubles hold, and letters that are none.</summary>
    private static readonly string[] Hostile = ["\\u0000", "\\u001b", "\\ud800", "e-17", "e-320", "e300", "9223372036854775807", "0", "-", "{a,b}", "*"];

    [Fact]
    public void Text_and_back_is_the_same_rule_set_and_the_same_plan()
    {
        Prop.ForAll(RuleTexts.Any, rules =>
        {
            string text = rules.ToJson();
            RuleSet back = RuleSet.Parse(text);
            Assert.Equal(rules.ToString(), back.ToString());
            Assert.Equal(text, back.ToJson());
            Assert.Equal(Compiled(rules), Compiled(back));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_word_comes_back_from_text()
    {
        foreach (RuleSet rules in RuleTexts.EveryWord())
        {
            string text = rules.ToJson();
            RuleSet back = RuleSet.Parse(text);
            Assert.Equal(text, back.ToJson());
            Assert.Equal(Exact(rules), Exact(back));
        }
    }

    [Fact]
    public void A_file_says_what_code_says()
    {
        RuleSet code =
              When<FakeLinear, FakeConv>().Weight(Kaiming.FanOut().Scale(0.5)).Bias(Const(0.01))
            + Named("fc").Rows(^4..).Weight(Normal(std: 0.02))
            + When<FakeLstm>().Param("weight_hh*", Orthogonal().For(Activation.Tanh).PerBlock());
        RuleSet read = RuleSet.Parse(Sample);
        Assert.Equal(code.ToString(), read.ToString());
        Assert.Equal(Compiled(code), Compiled(read));
        Assert.Equal(code.ToJson().Replace("\"InitDsl.Tests.", "\"", StringComparison.Ordinal), read.ToJson());
    }

    [Fact]
    public void Load_reads_a_file_and_names_it_where_it_is_wrong()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Sample);
            Assert.Equal(RuleSet.Parse(Sample).ToJson(), RuleSet.Load(path).ToJson());
            File.WriteAllText(path, "{");
            Assert.Equal(path, Assert.Throws<InitTextException>(() => RuleSet.Load(path)).File);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Rules_of_presets_stay_rules_of_presets()
    {
        RuleSet rules = RuleSet.Of(Named("nothing").Keep().AsOptional());
        Assert.True(Assert.Single(RuleSet.Parse(rules.ToJson()).Rules).Optional);
    }

    [Fact]
    public void Every_public_word_is_one_of_text_or_takes_code()
    {
        Assert.Equal(
            ["All", "Auto", "BilinearUpsampling", "BlockOrthogonal"],
            Vocabulary.First.Keys.Order(StringComparer.Ordinal).Take(4));
        AssertKnown(typeof(Dsl), [typeof(Init), typeof(Selector)], Vocabulary.First);
        AssertKnown(typeof(Init), [typeof(Init)], Vocabulary.After(typeof(Init)));
        AssertKnown(typeof(Selector), [typeof(Selector), typeof(RowSlice), typeof(Rule)], Vocabulary.After(typeof(Selector)));
        AssertKnown(typeof(RowSlice), [typeof(Rule)], Vocabulary.After(typeof(RowSlice)));
        AssertKnown(typeof(Rule), [typeof(Rule)], Vocabulary.After(typeof(Rule)));
        AssertKnown(typeof(Activation), [typeof(Activation)], Vocabulary.Activations);
    }

    [Fact]
    public void Code_is_refused_by_the_name_of_the_rule()
    {
        RuleSet rules =
              Where(p => p.Shape.Rank > 1).Weight(Kaiming)
            + All.Weight(From(p => Zeros))
            + When<FakeLinear>(_ => true).Weight(Ones)
            + Named("fc").Weight(Kaiming.For(Activation.Of("mine", x => x)))
            + Named("fc").Weight(Normal().MaskBy(at => at[0] > 0))
            + Named("fc").Weight(Values(new Uri("tensor:x")))
            + FromStateDict("a.safetensors", map: name => name)
            + Named("fc").Bias(Zeros);
        string message = Assert.Throws<NotSupportedException>(rules.ToJson).Message;
        Assert.Equal(
            """
            7 rules cannot be written as text:
              #1 Where(…).Weight(Kaiming): Where holds code, and stays in code.
              #2 All.Weight(From(…)): From holds code, and stays in code.
              #3 When<FakeLinear>(…).Weight(Ones): When holds code, and stays in code.
              #4 Named("fc").Weight(Kaiming.For(Activation.Of("mine", …))): Activation.Of holds code, and stays in code.
              #5 Named("fc").Weight(Normal(0, 1).MaskBy(…)): MaskBy holds code, and stays in code.
              #6 Named("fc").Weight(Values(tensor)): it holds a tensor; give it an array.
              #7 FromStateDict("a.safetensors", map: …): FromStateDict holds code, and stays in code.
            """.ReplaceLineEndings("\n"),
            message);
    }

    [Fact]
    public void What_text_cannot_hold_is_not_written_and_what_is_no_text_is_not_read()
    {
        Assert.Contains("the text \"\\ud800\" has half of a surrogate pair.", Assert.Throws<NotSupportedException>(Named("\uD800").Weight(Ones).ToJson).Message, StringComparison.Ordinal);
        Assert.Contains("it holds NaN.", Assert.Throws<NotSupportedException>(Named("a").Weight(Values(new[] { double.NaN })).ToJson).Message, StringComparison.Ordinal);
        Assert.Contains(
            "this text is not valid Unicode.",
            Assert.Throws<InitTextException>(() => RuleReader.Read([.. "{\"initdsl\": \""u8, 0xFF, .. "\"}"u8], null)).Problems.Select(problem => problem.Message));
    }

    [Fact]
    public void A_rule_of_a_preset_that_holds_code_is_refused_by_the_name_of_the_preset() =>
        Assert.Equal(
            """
            A rule cannot be written as text:
              #1 Where(…).Weight(Ones): Where holds code, and stays in code. It is a rule of Presets.Mine: leave the preset out here, and write it before the file: Presets.Mine + RuleSet.Load("rules.json").
            """.ReplaceLineEndings("\n"),
            Assert.Throws<NotSupportedException>((Where(p => true).Weight(Ones).AsOptional("Presets.Mine") + Named("fc").Keep()).ToJson).Message);

    [Fact]
    public void A_type_of_ones_own_is_written_so_that_no_other_is_meant()
    {
        MemoryStore other = TestModel.Layer<Own.FakeLinear>("other", LayerKind.Linear, new(2, 2), FanAxes.OutIn, bias: false, null)[0];
        MemoryStore generic = TestModel.Layer<Own.Holder<Own.FakeLinear>>("generic", LayerKind.Linear, new(2, 2), FanAxes.OutIn, bias: false, null)[0];
        TestModel model = new(TestModel.Linear("fc", 2, 2, bias: false)[0], other, generic);
        RuleSet rules = When<Own.FakeLinear>().Weight(Ones) + When<FakeLinear>().Weight(Zeros) + When<Own.Holder<Own.FakeLinear>>().Keep();
        RuleSet read = RuleSet.Parse(rules.ToJson());
        Assert.Contains("\"InitDsl.Tests.RuleTextTests+Own+Holder<InitDsl.Tests.RuleTextTests+Own+FakeLinear>\"", rules.ToJson(), StringComparison.Ordinal);
        Assert.Equal(rules.ToString(), read.ToString());
        Plan plan = rules.Compile(model);
        Assert.Equal(["Const(0)", "Const(1)"], plan.Steps.Select(step => step.Law.ToString()));
        Assert.Equal(plan.Fingerprint, read.Compile(model).Fingerprint);
        Assert.Equal(rules.ToJson(), read.ToJson());
        Assert.Contains(
            "InitDsl.Tests.FakeLinear",
            Compiling.Refused(RuleSet.Parse("""{"initdsl": 1, "rules": [[{"When": "FakeLinear"}, "Keep"]]}"""), model).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lin", null)]
    [InlineData("fakelinear", "FakeLinear")]
    [InlineData("nn.FakeLinear", "FakeLinear")]
    [InlineData("FakeConv2", "FakeConv")]
    public void The_type_that_may_be_meant_is_suggested(string written, string? suggested)
    {
        RuleSet rules = RuleSet.Parse($$"""{"initdsl": 1, "rules": [[{"When": "{{written}}"}, {"Weight": "Kaiming"}]]}""");
        string message = Compiling.Refused(rules, RuleTexts.Model()).Message;
        if (suggested is null)
        {
            Assert.DoesNotContain("Did you mean", message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains($"Did you mean {suggested}?", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Dirac": 2.0}}]]}""")]
    [InlineData("""{"initdsl": 1.0, "rules": [["All", {"Weight": {"Dirac": 2e0}}]]}""")]
    [InlineData("""{"initdsl": 10e-1, "rules": [["All", {"Weight": {"Dirac": 0.2E+1}}]]}""")]
    public void A_whole_number_may_be_written_as_any_other(string text) =>
        Assert.Equal("All.Weight(Dirac(2))", RuleSet.Parse(text).ToString());

    [Theory]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": "Kaimng"}]]}""", "1:45 $.rules[0][1].Weight: there is no word \"Kaimng\" that begins an initializer. Did you mean \"Kaiming\"?")]
    [InlineData("""{"initdsl": 1, "rules": [[{"Whn": "Linear"}, "Keep"]]}""", "1:27 $.rules[0][0]: there is no word \"Whn\" that begins a rule. Did you mean \"When\"?")]
    [InlineData("""{"initdsl": 1, "rules": [["Keep"]]}""", "1:27 $.rules[0][0]: \"Keep\" comes after a selector, as in [\"All\", \"Keep\"].")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": "FanOut"}]]}""", "1:45 $.rules[0][1].Weight: \"FanOut\" comes after an initializer, as in [\"Kaiming\", \"FanOut\"].")]
    [InlineData("""{"initdsl": 1, "rules": [["All", "Kaiming"]]}""", "1:34 $.rules[0][1]: \"Kaiming\" begins an initializer, and cannot follow here.")]
    [InlineData("""{"initdsl": 2, "rules": []}""", "1:13 $.initdsl: this is a rule file of version 2, and version 1 can be read here.")]
    [InlineData("""{"rules": []}""", "1:1 $: a rule file says its version: \"initdsl\": 1.")]
    [InlineData("""{"initdsl": 1}""", "1:1 $: a rule file has a member \"rules\", an array of rules.")]
    [InlineData("""{"initdsl": 1, "rules": [], "rules": []}""", "1:29 $: the name \"rules\" stands here twice. An object has each name once.")]
    [InlineData("""{"initdsl": 1, "rules": [["All"]]}""", "1:26 $.rules[0]: this rule selects parameters, and says nothing of them: add Weight, Bias, Param or Keep.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Const": 1e999}}]]}""", "1:55 $.rules[0][1].Weight.Const: the number 1e999 is beyond the largest double, 1.8e308.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Const": NaN}}]]}""", "1:55 $.rules[0][1].Weight: JSON has no such number; an infinity is written \"Infinity\" or \"-Infinity\".")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Normal": {"std": -1}}}]]}""", "1:64 $.rules[0][1].Weight.Normal.std: Normal: std must be 0 or above, not -1.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Normal": {"sdt": 1}}}]]}""", "1:64 $.rules[0][1].Weight.Normal.sdt: Normal has no \"sdt\"; it takes mean, std. Did you mean \"std\"?")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Dirac": 1.5}}]]}""", "1:55 $.rules[0][1].Weight.Dirac: here stands a whole number, not the number 1.5.")]
    [InlineData("""{Named: "fc"}""", "1:2 $: 'N' cannot stand here in JSON: names and texts stand between quotation marks; without them only true, false and null.")]
    [InlineData("""{"initdsl": None}""", "1:13 $: 'N' cannot stand here in JSON: names and texts stand between quotation marks; without them only true, false and null.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Const": -Infinity}}]]}""", "1:56 $.rules[0][1].Weight: JSON has no such number; an infinity is written \"Infinity\" or \"-Infinity\".")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Rows": "99999999999..^1"}, "Keep"]]}""", "1:43 $.rules[0][1].Rows: the row 99999999999 is beyond 2147483647, the last that a range can name.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Dirac": 1e-30}}]]}""", "1:55 $.rules[0][1].Weight.Dirac: here stands a whole number, not the number 1e-30.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Dirac": 9223372036854775808.0}}]]}""", "1:55 $.rules[0][1].Weight.Dirac: here stands a whole number, not the number 9223372036854775808.0.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"TruncNormalSigmas": {"mean": 1, "std": 1e-17}}}]]}""", "1:86 $.rules[0][1].Weight.TruncNormalSigmas.std: TruncNormalSigmas: std is so small that mean - cut*std and mean + cut*std are the same number, 1: write Const(1), or a larger std.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Dirac": 9223372036854775808}}]]}""", "1:55 $.rules[0][1].Weight.Dirac: here stands a whole number, not the number 9223372036854775808.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": ["Zeros", "FanOut"]}]]}""", "1:55 $.rules[0][1].Weight[1]: FanOut: Zeros has no fans: FanOut(…) belongs to Xavier, Kaiming, LeCun and VarianceScaling.")]
    [InlineData("""{"initdsl": 1, "rules": [["Where", "Keep"]]}""", "1:27 $.rules[0][0]: Where takes a function, and cannot be written as text: keep this rule in code.")]
    [InlineData("""{"initdsl": 1, /* no */ "rules": []}""", "1:16 $: JSON has no comments.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Const": "\ud800"}}]]}""", "1:55 $.rules[0][1].Weight.Const: this text is not valid Unicode.")]
    [InlineData("""{"initdsl": 1, "rules": [[{"FromStateDict": {"path": "a.safetensors", "map": "x"}}]]}""", "1:78 $.rules[0][0].FromStateDict.map: map is a function, and cannot be written as text: keep FromStateDict in code, as RuleSet.Load(\"rules.json\") + FromStateDict(…).")]
    [InlineData("""{"initdsl": 1, "rules": [[{"FromStateDict": {"path": "a.safetensors", "partal": true}}]]}""", "1:81 $.rules[0][0].FromStateDict.partal: FromStateDict has no \"partal\"; it takes path, partial. Did you mean \"partial\"?")]
    [InlineData("""{"initdsl": 1, "rules": [[{"FromStateDict": ""}]]}""", "1:45 $.rules[0][0].FromStateDict: FromStateDict: path must not be empty: write the file's, as \"model.safetensors\".")]
    [InlineData("""{"initdsl": 1, "rules": [[{"FromStateDict": "a"}, {"Weight": "Kaiming"}]]}""", "1:62 $.rules[0][1].Weight: Weight: FromStateDict(\"a\") says all values by itself: write a rule of its own for Weight.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Gate": "Forgt"}, {"Bias": "Ones"}]]}""", "1:43 $.rules[0][1].Gate: Gate has no \"Forgt\"; it has Input, Forget, Cell, Output, Reset, Update, New. Did you mean \"Forget\"?")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Gate": 3}, {"Bias": "Ones"}]]}""", "1:43 $.rules[0][1].Gate: here stands one of Input, Forget, Cell, Output, Reset, Update, New, or an array of several, not the number 3.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Gate": []}, {"Bias": "Ones"}]]}""", "1:43 $.rules[0][1].Gate: here stands one of Input, Forget, Cell, Output, Reset, Update, New, or an array of several, not an empty array.")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Values": {"shape": [4294967296, 4294967296], "values": []}}}]]}""", "1:66 $.rules[0][1].Weight.Values.shape: there are 0 numbers, which is not the product of the sizes in the shape.")]
    [InlineData("""{"$schema": 1, "initdsl": 1, "rules": []}""", "1:13 $.$schema: \"$schema\" is the path or address of a schema, for editors, not the number 1.")]
    [InlineData("""{"initdslPlan": 1, "seed": 0}""", "1:1 $: this is the record of a plan, not a rule file, which rules.ToJson() writes.")]
    [InlineData("", "1:1 $: the text ends in the middle of a value; the file may be cut off.")]
    [InlineData("[1, 2]", "1:1 $: a rule file is an object { \"initdsl\": 1, \"rules\": [ … ] }, not an array.")]
    public void What_is_wrong_is_said_with_its_place(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<InitTextException>(() => RuleSet.Parse(text)).Problems.Select(found => found.ToString()));

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var wrong = Assert.Throws<InitTextException>(() => RuleSet.Parse(
            """
            { "initdsl": 1, "rules": [
              ["All", { "Weight": "Kaimng" }, { "Bias": { "Const": true } }],
              [{ "Name": "fc" }, "Keep"]
            ] }
            """));
        Assert.Equal([(2, 23), (2, 56), (3, 4)], wrong.Problems.Select(problem => (problem.Line, problem.Column)));
        Assert.StartsWith($"The text: 3 problems ({InitTextException.Code}); nothing was read.", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_stands_for_nothing() =>
        Assert.Equal(3, RuleReader.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Sample)], null).Rules.Count);

    [Fact]
    public void A_text_cut_off_anywhere_is_one_clear_error()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Sample.TrimEnd());
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Single(Assert.Throws<InitTextException>(() => RuleReader.Read(whole[..length], null)).Problems);
        }
    }

    [Fact]
    public void Any_bytes_are_a_plan_or_a_clear_error()
    {
        byte[][] texts = [Encoding.UTF8.GetBytes(Sample), .. RuleTexts.EveryWord().Take(60).Select(rules => Encoding.UTF8.GetBytes(rules.ToJson()))];
        Gen<byte[]> Changed(byte[] whole) => Gen.OneOf(
            Gen.Choose(0, whole.Length - 1).Zip(Gen.Choose(0, 255), (at, value) => (byte[])[.. whole[..at], (byte)value, .. whole[(at + 1)..]]),
            Gen.Choose(0, whole.Length - 1).Zip(Gen.Choose(0, whole.Length - 1), (at, from) => (byte[])[.. whole[..at], .. whole[from..]]),
            Gen.Choose(0, whole.Length - 1).Zip(Gen.Elements(Hostile), (at, part) => (byte[])[.. whole[..at], .. Encoding.UTF8.GetBytes(part), .. whole[at..]]));
        Gen<byte[]> bytes = Gen.OneOf(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(), Gen.Elements(texts).SelectMany(Changed));
        Prop.ForAll(bytes.ToArbitrary(), text => Survives(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Depth_and_length_are_no_danger_to_the_stack()
    {
        string[] texts =
        [
            new string('[', 100_000),
            string.Concat(Enumerable.Repeat("{\"a\":", 100_000)),
            Rule($"[\"Kaiming\"{string.Concat(Enumerable.Repeat(", {\"Scale\": 1}", 100_000))}]"),
            $$"""{"initdsl": 1, "rules": [["All"{{string.Concat(Enumerable.Repeat(", \"Not\"", 100_000))}}, "Keep"]]}""",
            $$"""{"initdsl": 1, "rules": [[{"Named": "{{new string('{', 100_000)}}"}, "Keep"]]}""",
        ];
        foreach (string text in texts)
        {
            Assert.NotEmpty(Assert.Throws<InitTextException>(() => RuleSet.Parse(text)).Problems);
        }

        static string Rule(string init) => $$"""{"initdsl": 1, "rules": [["All", {"Weight": {{init}}}]]}""";
    }

    [Fact]
    public void Numbers_of_any_length_are_read_or_refused()
    {
        string digits = new('9', 100_000);
        Assert.Contains("beyond the largest double", Refused($"{digits}.0"), StringComparison.Ordinal);
        Assert.Contains("beyond the largest double", Refused($"1e{digits}"), StringComparison.Ordinal);
        Assert.Equal("All.Weight(Const(0))", RuleSet.Parse(Weight($"1e-{digits}")).ToString());
        Assert.Equal("All.Weight(Const(1))", RuleSet.Parse(Weight($"0.{digits}")).ToString());

        string Refused(string number) => Assert.Single(Assert.Throws<InitTextException>(() => RuleSet.Parse(Weight(number))).Problems).Message;
        static string Weight(string number) => $$$"""{"initdsl": 1, "rules": [["All", {"Weight": {"Const": {{{number}}}}}]]}""";
    }

    [Fact]
    public void The_nearest_name_is_suggested_and_one_that_is_far_is_not()
    {
        string[] known = ["Kaiming", "KaimingNormal", "Xavier", "Eye", "Zeros"];
        Assert.Equal("Kaiming", NearestName.Of("kaiming", known));
        Assert.Equal("Kaiming", NearestName.Of("Kiaming", known));
        Assert.Equal("KaimingNormal", NearestName.Of("KaimingNorm", known));
        Assert.Equal("Zeros", NearestName.Of("Zero", known));
        Assert.Null(NearestName.Of("Glorot", known));
        Assert.Null(NearestName.Of("", known));
        Assert.Null(NearestName.Of(new string('K', 10_000), known));
    }

    [Fact]
    public void A_type_that_there_is_not_is_an_error_of_the_plan()
    {
        RuleSet rules = RuleSet.Parse("""{"initdsl": 1, "rules": [[{"When": "FakeLinaer"}, {"Weight": "Kaiming"}]]}""");
        Assert.Contains(
            "INIT017 FakeLinaer is no type of modules that this model or its library has. Did you mean FakeLinear?",
            Compiling.Refused(rules, RuleTexts.Model()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_there_is_not_is_said_with_each_place_and_nothing_is_said_of_what_follows_from_it()
    {
        RuleSet rules = RuleReader.Read(
            """
            { "initdsl": 1, "rules": [
              [{ "When": ["FakeConv", "Fäke"] }, { "Weight": "Xavier" }],
              [{ "Named": "nowhere" }, "Keep"],
              ["All", { "LastIn": "FakeLinaer" }, "Keep"], [{ "When": "FakeLinaer" }, "Keep"]
            ] }
            """u8.ToArray(),
            "rules.json");
        InitException refused = Compiling.Refused(rules, RuleTexts.Model());
        Assert.Equal(
            [("INIT017", "rules.json:2:27 ($.rules[0][0].When[1])"), ("INIT017", "rules.json:4:23 ($.rules[2][1].LastIn)"), ("INIT017", "rules.json:4:59 ($.rules[3][0].When)"), ("INIT101", null)],
            refused.Diagnostics.Where(found => found.Severity > Severity.Info).Select(found => (found.Code, found.Place?.ToString())));
        Assert.All(refused.Diagnostics.Take(3), found => Assert.EndsWith($" It stands at {found.Place}.", found.Message, StringComparison.Ordinal));
        Assert.StartsWith("Named(\"nowhere\")", refused.Diagnostics[3].Message, StringComparison.Ordinal);
    }

    /// <summary>The rules as code with every digit.</summary>
    private static IEnumerable<string> Exact(RuleSet rules) => rules.Rules.Select(rule => TermCode.Exact.Of(rule.Term));

    private static bool Survives(byte[] text)
    {
        try
        {
            return Compiled(RuleReader.Read(text, null)).Length >= 0;
        }
        catch (InitTextException wrong)
        {
            return wrong.Problems.Count > 0 && wrong.Problems.All(problem => problem is { Line: > 0, Column: > 0, Message.Length: > 0 });
        }
    }

    private static string Compiled(RuleSet rules)
    {
        try
        {
            Plan plan = rules.Compile(RuleTexts.Model());
            return plan.Explain(fold: false) + plan.ToJson();
        }
        catch (InitException refused)
        {
            return string.Join('\n', refused.Diagnostics);
        }
    }

    private static void AssertKnown(Type owner, Type[] results, IReadOnlyDictionary<string, Word> words)
    {
        IEnumerable<string> names = owner.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member switch
            {
                PropertyInfo property => results.Contains(property.PropertyType) && property.Name != nameof(Rule.Selector),
                MethodInfo { IsSpecialName: false } method => results.Contains(method.ReturnType),
                _ => false,
            })
            .Select(member => member.Name)
            .Where(name => !name.StartsWith('<'));
        Assert.DoesNotContain(names, name => !words.ContainsKey(name) && !CustomCode.Has(name));
    }

    private static class Own
    {
        internal sealed class FakeLinear;

        internal sealed class Holder<T>;
    }
}
