using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace InitDsl.Tests;

/// <summary>The JSON schema of rule files, asked by a validator that is not ours.</summary>
public class RuleSchemaTests
{
    private const string Written = "src/InitDsl/RuleText/rules.schema.json";
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(File.ReadAllText(Path.Combine(Root(), Written))));

    [Fact]
    public void The_committed_schema_is_the_one_that_the_words_make()
    {
        // To write it anew, set INITDSL_WRITE_SCHEMA and run this test.
        string path = Path.Combine(Root(), Written);
        if (Environment.GetEnvironmentVariable("INITDSL_WRITE_SCHEMA") is not null)
        {
            File.WriteAllText(path, RuleSchema.Text());
        }

        Assert.Equal(RuleSchema.Text(), File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_schema_is_a_schema() =>
        Assert.True(MetaSchemas.Draft202012.Evaluate(JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), Written)))).IsValid);

    [Fact]
    public void What_ToJson_writes_is_valid() =>
        Prop.ForAll(RuleTexts.Any, rules => Assert.True(IsValid(rules.ToJson()))).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_word_is_valid()
    {
        foreach (RuleSet rules in RuleTexts.EveryWord())
        {
            Assert.True(IsValid(rules.ToJson()), rules.ToJson());
        }
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"rules": []}""")]
    [InlineData("""{"initdsl": 2, "rules": []}""")]
    [InlineData("""{"initdsl": 1}""")]
    [InlineData("""{"initdsl": 1, "rules": {}}""")]
    [InlineData("""{"initdsl": 1, "rules": [], "more": 1}""")]
    [InlineData("""{"$schema": 1, "initdsl": 1, "rules": []}""")]
    [InlineData("""{"initdsl": 1, "rules": ["All"]}""")]
    [InlineData("""{"initdsl": 1, "rules": [[]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["Keep"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["Where", "Keep"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [[{"Whn": "Linear"}, "Keep"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [[{"When": []}, "Keep"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [[{"When": "Linear", "Named": "fc"}, "Keep"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": "Kaimng"}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": "Const"}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": "Scale"}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Const": true}}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Const": "NaN"}}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Dirac": 1.5}}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Normal": {"sdt": 1}}}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Uniform": {"low": 1}}}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": ["Kaiming", {"For": "Relu"}]}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": ["Kaiming", {"Cast": "Float12"}]}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Gate": []}, {"Bias": "Ones"}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Gate": "None"}, {"Bias": "Ones"}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Gate": "Forget|Cell"}, {"Bias": "Ones"}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Rows": "4-8"}, "Keep"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", "Keep", "Selector", "Keep"]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Values": {"shape": [-1], "values": []}}}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [[{"FromStateDict": {"path": "a", "map": "b"}}]]}""")]
    public void What_is_no_rule_file_is_not_valid_either(string text)
    {
        Assert.Throws<InitTextException>(() => RuleSet.Parse(text));
        Assert.False(IsValid(text));
    }

    [Theory]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Normal": {"std": -1}}}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": ["Zeros", "FanOut"]}]]}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", "Keep", {"Rows": "0..1"}]]}""")]
    public void Ranges_fans_and_order_are_for_the_parser(string text)
    {
        Assert.Throws<InitTextException>(() => RuleSet.Parse(text));
        Assert.True(IsValid(text));
    }

    [Theory]
    [InlineData("""{"initdsl": 1.0, "rules": []}""")]
    [InlineData("""{"initdsl": 1, "rules": [["All", {"Weight": {"Dirac": 1.0}}]]}""")]
    public void Whole_numbers_are_the_same_to_both(string text)
    {
        Assert.NotNull(RuleSet.Parse(text));
        Assert.True(IsValid(text));
    }

    [Fact]
    public void What_can_be_read_is_valid()
    {
        // One character changed: nearly always something else than a rule file, and now and then another one.
        string[] texts = [.. RuleTexts.EveryWord().Take(40).Select(rules => rules.ToJson())];
        var random = new Random(7);
        int read = 0;
        for (int i = 0; i < 4000; i++)
        {
            string text = texts[random.Next(texts.Length)];
            int at = random.Next(text.Length);
            string changed = $"{text[..at]}{"0.-eE\"[]{},:aZ"[random.Next(14)]}{text[(at + 1)..]}";
            if (CanBeRead(changed))
            {
                read++;
                Assert.True(IsValid(changed), changed);
            }
        }

        Assert.InRange(read, 40, 4000);
    }

    [Fact]
    public void Rule_files_of_the_repository_are_valid()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Root(), "scripts"), "*rules*.json", SearchOption.AllDirectories)];
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            Assert.True(IsValid(File.ReadAllText(file)), file);
            string schema = (string)JsonNode.Parse(File.ReadAllText(file))!["$schema"]!;
            Assert.Equal(Path.GetFullPath(Path.Combine(Root(), Written)), Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, schema)));
        });
    }

    private static bool IsValid(string text) => Schema.Value.Evaluate(InDecimals(JsonNode.Parse(text))).IsValid;

    /// <summary>The validator counts in decimals and throws where a number is too large for them; the schema lets every number be one.</summary>
    private static JsonNode? InDecimals(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, InDecimals(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(InDecimals)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && !value.TryGetValue(out decimal _) => JsonValue.Create(0.5),
        _ => node?.DeepClone(),
    };

    private static bool CanBeRead(string text)
    {
        try
        {
            return RuleSet.Parse(text) is not null;
        }
        catch (InitTextException)
        {
            return false;
        }
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
