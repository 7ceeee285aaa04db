using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using static InitDsl.Tests.Refusing;
using static InitDsl.Tests.WeightFiles;

namespace InitDsl.Tests;

public class SafetensorsTests
{
    private static readonly Written[] Good = [Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2)];

    [Fact]
    public void A_good_file_is_taken()
    {
        using var folder = new WeightFolder();
        TestModel model = Model();
        model.Initialize(FromStateDict(folder.Write("w.safetensors", Safetensors(Good))));
        Assert.Equal([1, 2, 3, 4, 5, 6], model["fc.weight"].Floats);
        Assert.Equal([1, 2], model["fc.bias"].Floats);
    }

    [Fact]
    public void Order_metadata_unknown_fields_and_spaces_do_not_matter()
    {
        string header =
            """{"__metadata__":{"format":"pt"},"fc.bias":{"data_offsets":[24,32],"new":[{"a":1}],"dtype":"F32","shape":[2]},"fc.weight":{"shape":[2,3],"dtype":"F32","data_offsets":[0,24]}}    """;
        using var folder = new WeightFolder();
        TestModel model = Model();
        model.Initialize(FromStateDict(folder.Write("w.safetensors", Safetensors(header, [.. Good.SelectMany(tensor => tensor.Bytes)]))));
        Assert.Equal([1, 2, 3, 4, 5, 6], model["fc.weight"].Floats);
        Assert.Equal([1, 2], model["fc.bias"].Floats);
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        byte[] whole = Safetensors(Good);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.StartsWith("w.safetensors, byte ", Refused(".safetensors", whole[..length]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0UL, "byte 8: the header does not begin with {")]
    [InlineData(200UL, "byte 0: the header is said to be 200 bytes long, and only 158 bytes follow")]
    [InlineData(100_000_001UL, "byte 0: the header is said to be 100000001 bytes long, and only 158 bytes follow")]
    [InlineData(1UL << 63, "byte 0: the header is said to be 9223372036854775808 bytes long")]
    [InlineData(ulong.MaxValue, "byte 0: the header is said to be 18446744073709551615 bytes long")]
    [InlineData(ulong.MaxValue - 7, "byte 0: the header is said to be 18446744073709551608 bytes long")]
    public void A_length_of_the_header_that_lies_is_refused(ulong length, string what)
    {
        byte[] file = Safetensors(Good);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Contains(what, Refused(".safetensors", file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_length_of_the_header_is_refused()
    {
        byte[] good = Safetensors(Good);
        for (ulong length = 0; length < (ulong)good.Length + 2; length++)
        {
            byte[] file = [.. good];
            BinaryPrimitives.WriteUInt64LittleEndian(file, length);
            if (!file.SequenceEqual(good))
            {
                Refused(".safetensors", file);
            }
        }
    }

    [Theory]
    [InlineData("a", "F32", "[2]", 0, 4, "span 4 bytes, and [2] of F32 takes 8")]
    [InlineData("a", "F32", "[1]", 0, 5, "data_offsets [0, 5] of \"a\" are no part of the 4 bytes of elements")]
    [InlineData("a", "F32", "[1]", 4, 0, "data_offsets [4, 0] of \"a\" are no part of the 4 bytes of elements")]
    [InlineData("a", "F32", "[1]", -4, 0, "data_offsets of \"a\" holds something else than whole numbers from 0 to 2^63 − 1")]
    [InlineData("a", "F32", "[1]", 0, long.MaxValue, "are no part of the 4 bytes of elements")]
    [InlineData("a", "F99", "[1]", 0, 4, "the dtype \"F99\" of \"a\" is unknown; safetensors has BOOL, U8")]
    [InlineData("a", "f32", "[1]", 0, 4, "the dtype \"f32\" of \"a\" is unknown")]
    [InlineData("a", "F32", "[-1]", 0, 4, "shape of \"a\" holds something else than whole numbers from 0 to 2^63 − 1")]
    [InlineData("a", "F32", "[1.0]", 0, 4, "shape of \"a\" holds something else than whole numbers")]
    [InlineData("a", "F32", "[\"1\"]", 0, 4, "shape of \"a\" holds something else than whole numbers")]
    [InlineData("a", "F32", "[[1]]", 0, 4, "shape of \"a\" holds something else than whole numbers")]
    [InlineData("a", "F32", "1", 0, 4, "a list of whole numbers for shape of \"a\" is expected here")]
    [InlineData("a", "F32", "[9223372036854775808]", 0, 4, "shape of \"a\" holds something else than whole numbers from 0 to 2^63 − 1")]
    [InlineData("a", "F32", "[9223372036854775807]", 0, 4, "takes no whole number that can be counted")]
    [InlineData("a", "F32", "[4294967296,4294967296]", 0, 4, "the sizes of \"a\" multiply to more than 2^63 − 1 elements")]
    [InlineData("a", "F32", "[1e400]", 0, 4, "shape of \"a\" holds something else than whole numbers")]
    [InlineData("a", "F4", "[3]", 0, 4, "takes no whole number that can be counted")]
    public void An_entry_that_lies_is_refused(string name, string dtype, string shape, long begin, long end, string what)
    {
        string message = Refused(".safetensors", Safetensors($"{{{Entry(name, dtype, shape, begin, end)}}}", 1, 2, 3, 4));
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Matches("^w\\.safetensors, byte [0-9]+: ", message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]},"c":{"dtype":"U8","shape":[2],"data_offsets":[6,8]}}""", "the elements of \"b\" overlap those of \"a\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "the elements of \"b\" overlap those of \"a\"")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "2 bytes before the elements of \"b\" belong to no tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[7],"data_offsets":[1,8]}}""", "1 bytes before the elements of \"a\" belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "the last 4 bytes of the file belong to no tensor")]
    [InlineData("{}", "the last 8 bytes of the file belong to no tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "the name \"a\" comes twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"\u0061":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "the name \"a\" comes twice")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "dtype of \"a\" comes twice")]
    [InlineData("""{"a":{"shape":[8],"data_offsets":[0,8]}}""", "\"a\" has no dtype")]
    [InlineData("""{"a":{"dtype":"U8","data_offsets":[0,8]}}""", "\"a\" has no shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8]}}""", "\"a\" has no data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[8]}}""", "data_offsets [8] of \"a\" are no part")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8,8,8,8]}}""", "data_offsets [0, 8, 8, …] of \"a\" are no part")]
    [InlineData("""{"a":{"dtype":8,"shape":[8],"data_offsets":[0,8]}}""", "a text for dtype of \"a\" is expected here")]
    [InlineData("""{"a":[1]}""", "an object with dtype, shape and data_offsets for \"a\" is expected here")]
    [InlineData("""{"__metadata__":{"a":1}}""", "a text in __metadata__ is expected here")]
    [InlineData("""{"__metadata__":[]}""", "an object of texts for __metadata__ is expected here")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "the name \"__metadata__\" comes twice")]
    [InlineData("""[]""", "the header does not begin with {")]
    [InlineData(""" {}""", "the header does not begin with {")]
    [InlineData("""{} {}""", "the JSON is malformed")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},}""", "the JSON is malformed")]
    [InlineData("""{"a\u0000b":{}}""", "the name \"a\\u0000b\" holds the control character U+0000")]
    [InlineData("""{"a\u001b[31mb":{}}""", "holds the control character U+001B")]
    [InlineData("""{"a\u0085b":{}}""", "holds the control character U+0085")]
    [InlineData("""{"a\ud800b":{}}""", "half a surrogate pair")]
    public void A_header_that_cannot_be_right_is_refused(string header, string what)
    {
        string message = Refused(".safetensors", Safetensors(header, 1, 2, 3, 4, 5, 6, 7, 8));
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Matches("^w\\.safetensors, byte [0-9]+: ", message);
    }

    [Fact]
    public void More_dimensions_than_PyTorch_has_are_refused_in_few_words()
    {
        string With(int rank) => Entry("a", "U8", $"[{string.Join(',', Enumerable.Repeat(1, rank))}]", 0, 1);
        string message = Refused(".safetensors", Safetensors($"{{{With(100_000)}}}", 1));
        Assert.Contains("shape of \"a\" holds more than 64 numbers", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 1000);
        Refused(".safetensors", Safetensors($"{{{With(65)}}}", 1));
        using var folder = new WeightFolder();
        FromStateDict(folder.Write("w.safetensors", Safetensors($"{{{With(64)}}}", 1)), partial: true).Compile(Model());
    }

    [Fact]
    public void The_place_is_that_of_what_is_wrong()
    {
        string header = """{"a":{"dtype":"F99","shape":[8],"data_offsets":[0,8]}}""";
        string message = Refused(".safetensors", Safetensors(header, 1, 2, 3, 4, 5, 6, 7, 8));
        Assert.StartsWith($"w.safetensors, byte {8 + header.IndexOf("\"F99\"", StringComparison.Ordinal)}: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string header = $"{{\"a\":{{\"x\":{new string('[', 100_000)}";
        Assert.Contains("nested more than 16 levels deep", Refused(".safetensors", Safetensors(header)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_UTF8_is_refused_at_its_place()
    {
        byte[] header = [.. "{\"a"u8, 0xC3, 0x28, .. "\":{}}"u8];
        Assert.StartsWith("w.safetensors, byte 11: the JSON is not valid UTF-8", Refused(".safetensors", Safetensors(header)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_large_is_read_before_it_is_checked()
    {
        // A file that says it has 90 MB of header, and has 30 bytes.
        byte[] file = Safetensors(Good)[..30];
        BinaryPrimitives.WriteUInt64LittleEndian(file, 90_000_000);
        using var folder = new WeightFolder();
        string path = folder.Write("w.safetensors", file);
        TestModel model = Model();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InitException>(() => FromStateDict(path).Compile(model));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
    }

    [Fact]
    public void Missing_files_folders_and_empty_files_are_refused()
    {
        using var folder = new WeightFolder();
        Assert.Contains("none.safetensors: there is no such file", Refused(folder, folder["none.safetensors"]), StringComparison.Ordinal);
        Assert.Contains("no/such.dat: there is no such file", Refused(folder, folder["no/such.dat"]), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["sub.safetensors"]);
        Assert.Contains("sub.safetensors: it is a folder", Refused(folder, folder["sub.safetensors"]), StringComparison.Ordinal);
        foreach (string ending in new[] { ".safetensors", ".json", ".dat" })
        {
            Assert.Contains("byte 0: the file is empty", Refused(ending, []), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pipes_and_devices_are_refused_before_they_are_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        using var folder = new WeightFolder();
        using (Process made = Process.Start("mkfifo", folder["pipe"]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        File.CreateSymbolicLink(folder["link.safetensors"], folder["pipe"]);
        foreach (string path in new[] { folder["pipe"], folder["link.safetensors"] })
        {
            // Who opens a pipe waits until somebody writes to it.
            Task<string> refused = Task.Run(() => Refused(folder, path), TestContext.Current.CancellationToken);
            Assert.Contains("A pipe or a device is no file of weights.", await refused.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_place_where_a_missing_file_was_looked_for_is_told()
    {
        using var folder = new WeightFolder();
        Assert.Contains("Name one that there is, or put it there.", Refused(folder, folder["none.safetensors"]), StringComparison.Ordinal);
        string Missing(RuleSet rules) => Assert.Throws<InitException>(() => rules.Compile(Model())).Message;
        Assert.Contains($"Relative paths begin at the current directory, {Environment.CurrentDirectory}.", Missing(FromStateDict("none.safetensors")), StringComparison.Ordinal);
        string rules = folder.Write("rules.json", """{ "initdsl": 1, "rules": [[{ "FromStateDict": "none.safetensors" }]] }""");
        Assert.Contains($"Relative paths begin at the folder of the rule file, {folder.Path}.", Missing(RuleSet.Load(rules)), StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    public bool Any_bytes_are_taken_or_refused(byte[] content, bool asHeader) =>
        content is not { Length: > 0 } || IsTakenOrRefused(".safetensors", asHeader ? Safetensors(content) : content);

    [Property(MaxTest = 1000)]
    public bool Any_change_of_a_good_file_is_taken_or_refused(NonNegativeInt at, byte value, NonNegativeInt cut, NonNegativeInt repeat)
    {
        byte[] file = Safetensors(Good);
        file[at.Get % file.Length] = value;
        if (cut.Get % 3 == 0)
        {
            int from = cut.Get % file.Length;
            file = [.. file[..from], .. file[Math.Min(file.Length, from + (repeat.Get % 9))..]];
        }

        if (repeat.Get % 3 == 0 && file.Length > 0)
        {
            int from = repeat.Get % file.Length;
            file = [.. file[..from], .. file[(from / 2)..from], .. file[from..]];
        }

        return IsTakenOrRefused(".safetensors", file);
    }

    [Property(MaxTest = 500)]
    public bool Any_header_of_tokens_is_taken_or_refused(NonNegativeInt[] choices)
    {
        string[] tokens =
        [
            "{", "}", "[", "]", ",", ":", "\"fc.weight\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"F32\"", "[2,3]", "[0,24]",
            "9223372036854775808", "-1", "1e9", "null", "\"\\u0000\"", "{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}",
        ];
        string header = "{" + string.Concat(choices.Select(choice => tokens[choice.Get % tokens.Length]));
        return IsTakenOrRefused(".safetensors", Safetensors(Encoding.UTF8.GetBytes(header), new byte[24]));
    }
}
