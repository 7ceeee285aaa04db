using System.Text;
using static InitDsl.Tests.Refusing;
using static InitDsl.Tests.WeightFiles;

namespace InitDsl.Tests;

public class IndexTests
{
    private static readonly Written Weight = Written.Counting("fc.weight", 2, 3);
    private static readonly Written Bias = Written.Counting("fc.bias", 2);

    [Fact]
    public void Two_shards_are_taken_in_one()
    {
        using WeightFolder folder = Shards();
        TestModel model = Model();
        Plan plan = FromStateDict(folder["m.json"]).Compile(model);
        plan.Apply();
        Assert.Equal([1, 2, 3, 4, 5, 6], model["fc.weight"].Floats);
        Assert.Equal([1, 2], model["fc.bias"].Floats);
        Assert.Equal(
            ["m-1.safetensors[\"fc.weight\"]", "m-2.safetensors[\"fc.bias\"]"],
            plan.Steps.Select(step => step.Law.ToString()));
        Assert.Equal(folder["m-1.safetensors"], Assert.IsType<FileLaw>(plan.Steps[0].Law).File);
    }

    [Fact]
    public void Shards_beneath_the_folder_and_behind_links_are_taken()
    {
        using WeightFolder folder = Shards();
        Directory.CreateDirectory(folder["sub"]);
        File.Move(folder["m-2.safetensors"], folder["blob"]);
        File.CreateSymbolicLink(folder["sub/b.safetensors"], folder["blob"]);
        folder.Write("m.json", Index(("fc.weight", "m-1.safetensors"), ("fc.bias", "sub/b.safetensors")));
        TestModel model = Model();
        model.Initialize(FromStateDict(folder["m.json"]));
        Assert.Equal([1, 2], model["fc.bias"].Floats);
    }

    [Theory]
    [InlineData("../m-2.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../m-2.safetensors")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("..\\\\m-2.safetensors")]
    [InlineData("C:m-2.safetensors")]
    [InlineData("C:/m-2.safetensors")]
    [InlineData("m-2.safetensors\\u0000")]
    [InlineData(".. /m-2.safetensors")]
    public void Paths_out_of_the_folder_are_refused(string shard)
    {
        using WeightFolder folder = Shards();
        string path = folder.Write("m.json", Index(("fc.weight", "m-1.safetensors"), ("fc.bias", shard)));
        string message = Refused(folder, path);
        Assert.Matches("^m\\.json, byte [0-9]+: ", message);
        Assert.Contains("is no file in the index's folder or beneath it", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shard_that_is_missing_or_malformed_is_named()
    {
        using WeightFolder folder = Shards();
        File.Delete(folder["m-1.safetensors"]);
        folder.Write("m-2.safetensors", [1, 2, 3]);
        var refused = Assert.Throws<InitException>(() => FromStateDict(folder["m.json"]).Compile(Model()));
        Assert.Equal(2, refused.Diagnostics.Count(found => found.Severity == Severity.Error));
        Assert.Contains($"{folder["m-1.safetensors"]}: there is no such file. Byte 43 of m.json says that \"fc.weight\" lies there: copy it there", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{folder["m-2.safetensors"]}, byte 3: the file ends", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_shard_does_not_hold_is_refused()
    {
        using WeightFolder folder = Shards();
        string path = folder.Write("m.json", Index(("fc.weight", "m-2.safetensors")));
        Assert.Contains("\"fc.weight\" is said to lie in m-2.safetensors, which does not hold it", Refused(folder, path), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_index_does_not_name_is_told()
    {
        using WeightFolder folder = Shards();
        folder.Write("m-2.safetensors", Safetensors(Bias, Written.Counting("old", 3)));
        Plan plan = FromStateDict(folder["m.json"]).Compile(Model());
        Assert.Contains("1 of 3 tensors of the file match nothing in the model: old.", Assert.Single(plan.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "the index has no weight_map")]
    [InlineData("[]", "{ is expected here")]
    [InlineData("""{"weight_map":[]}""", "an object of file names for weight_map is expected here")]
    [InlineData("""{"weight_map":{"a":1}}""", "the name of a file for \"a\" is expected here")]
    [InlineData("""{"weight_map":{},"weight_map":{}}""", "weight_map comes twice")]
    [InlineData("""{"weight_map":{"a":"x","a":"x"}}""", "the name \"a\" comes twice")]
    [InlineData("""{"weight_map":{"a\n":"x"}}""", "holds the control character U+000A")]
    [InlineData("""{"weight_map":{"a":"x"}""", "the JSON is malformed")]
    [InlineData("""{"weight_map":{"a":"x"}} 1""", "the JSON is malformed")]
    [InlineData("""{"x":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]],"weight_map":{}}""", "nested more than 16 levels deep")]
    public void An_index_that_cannot_be_right_is_refused(string index, string what) =>
        Assert.Contains(what, Refused(".json", Encoding.UTF8.GetBytes(index)), StringComparison.Ordinal);

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        using WeightFolder folder = Shards();
        byte[] whole = File.ReadAllBytes(folder["m.json"]);
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(folder, folder.Write("m.json", whole[..length]));
        }
    }

    [Property(MaxTest = 300)]
    public bool Any_change_of_a_good_index_is_taken_or_refused(NonNegativeInt at, byte value)
    {
        byte[] file = Encoding.UTF8.GetBytes(Index(("fc.weight", "m-1.safetensors"), ("fc.bias", "m-2.safetensors")));
        file[at.Get % file.Length] = value;
        return IsTakenOrRefused(".json", file);
    }

    private static WeightFolder Shards()
    {
        var folder = new WeightFolder();
        folder.Write("m-1.safetensors", Safetensors(Weight));
        folder.Write("m-2.safetensors", Safetensors(Bias));
        folder.Write("m.json", Index(("fc.weight", "m-1.safetensors"), ("fc.bias", "m-2.safetensors")));
        return folder;
    }
}
