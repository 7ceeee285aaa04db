using static InitDsl.Tests.Refusing;
using static InitDsl.Tests.WeightFiles;

namespace InitDsl.Tests;

public class TorchSharpFileTests
{
    private static readonly Written[] Good = [Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2)];

    [Fact]
    public void A_good_file_is_taken()
    {
        using var folder = new WeightFolder();
        TestModel model = Model();
        model.Initialize(FromStateDict(folder.Write("w.dat", TorchSharp(Good))));
        Assert.Equal([1, 2, 3, 4, 5, 6], model["fc.weight"].Floats);
        Assert.Equal([1, 2], model["fc.bias"].Floats);
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        byte[] whole = TorchSharp(Good);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.StartsWith("w.dat, byte ", Refused(".dat", whole[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_of_auto_properties_are_those_of_the_properties()
    {
        using var folder = new WeightFolder();
        TestModel model = Model();
        model.Initialize(FromStateDict(folder.Write("w.dat", TorchSharp([Good[0] with { Name = "<fc>k__BackingField.<weight>k__BackingField" }, Good[1]]))));
        Assert.Equal([1, 2, 3, 4, 5, 6], model["fc.weight"].Floats);
    }

    [Fact]
    public void What_cannot_be_right_is_refused()
    {
        void Refuse(string what, params byte[][] parts) =>
            Assert.Contains(what, Refused(".dat", [.. parts.SelectMany(part => part)]), StringComparison.Ordinal);
        byte[] one = Number(1);
        byte[] good = [.. TorchSharpHead("a", 6, 1), 1, 2, 3, 4];
        Refuse("3 bytes follow the last of 1 tensors", one, good, [1, 2, 3]);
        Refuse("the file ends before the length of the name of tensor 2 of 9223372036854775807", Number(long.MaxValue), good);
        Refuse("is no number as TorchSharp writes it, of 9 bytes at most", [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1], good);
        Refuse("is no number as TorchSharp writes it", [0x81, 0x00], good);
        Refuse("the name \"a\" comes twice", Number(2), good, good);
        Refuse("99, the dtype of \"a\", is no dtype that TorchSharp saves", one, TorchSharpHead("a", 99, 1), [1, 2, 3, 4]);
        Refuse("12, the dtype of \"a\", is no dtype that TorchSharp saves", one, TorchSharpHead("a", 12, 1), [1, 2, 3, 4]);
        Refuse("\"a\" [2] of Float32 does not fit into the 4 bytes that follow", one, TorchSharpHead("a", 6, 2), [1, 2, 3, 4]);
        Refuse("does not fit into the 4 bytes that follow", one, TorchSharpHead("a", 6, long.MaxValue), [1, 2, 3, 4]);
        Refuse("the sizes of \"a\" multiply to more than 2^63 − 1 elements", one, TorchSharpHead("a", 6, 1L << 32, 1L << 32), [1, 2, 3, 4]);
        Refuse("the file ends before the sizes of \"a\"", one, [1, (byte)'a', 6], Number(5), [1, 2, 3, 4]);
        Refuse("byte 4: \"a\" is said to have 65 dimensions, more than the 64 that PyTorch has", one, TorchSharpHead("a", 6, [.. Enumerable.Repeat(1L, 65)]), [1, 2, 3, 4]);
        Refuse("\"a\" is said to have 9223372036854775807 dimensions", one, [1, (byte)'a', 6], Number(long.MaxValue), [1, 2, 3, 4]);
        Refuse("the file ends before the name of tensor 1 of 1", one, Number(long.MaxValue), good);
        Refuse("byte 3: the name of tensor 1 of 1 is not valid UTF-8", one, [3, (byte)'a', 0xC3, 0x28, 6, 0]);
        Refuse("holds the control character U+000A", one, [.. TorchSharpHead("a\nb", 6, 1), 1, 2, 3, 4]);
        Refuse("this is a zip archive, as PyTorch's torch.save writes", ["PK\u0003\u0004"u8.ToArray()]);
        Refuse("this is a Python pickle", [[0x80, 0x02, (byte)'}', (byte)'q']]);
        Refuse("this is a GGUF file", ["GGUF\u0003"u8.ToArray()]);
    }

    [Fact]
    public void As_many_dimensions_as_PyTorch_has_are_taken()
    {
        using var folder = new WeightFolder();
        string path = folder.Write("w.dat", TorchSharp([.. Good, Written.Floats("deep", [.. Enumerable.Repeat(1L, 64)], 7)]));
        Assert.Equal("INIT108", Assert.Single(FromStateDict(path).Compile(Model()).Diagnostics).Code);
    }

    [Fact]
    public void Nothing_large_is_made_of_numbers_that_are_not_checked()
    {
        // A name, a rank and sizes that are as long as they say: 2 MB of each.
        const int Many = 2_000_000;
        byte[] ones = [.. Enumerable.Repeat((byte)1, Many)];
        byte[][] files =
        [
            [1, .. Number(Many), .. ones, 6, 1, 1, 0, 0, 0, 0],
            [1, 1, (byte)'a', 6, .. Number(Many), .. ones, 0, 0, 0, 0],
            [.. Number(long.MaxValue), .. ones],
            [1, 1, (byte)'a', 6, 2, .. Number(1L << 31), .. Number(1L << 31), .. ones],
        ];
        using var folder = new WeightFolder();
        foreach (byte[] file in files)
        {
            string path = folder.Write("w.dat", file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            InitException refused = Assert.Throws<InitException>(() => FromStateDict(path, partial: true).Compile(Model()));
            Assert.InRange(refused.Message.Length, 1, 1000 + path.Length);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12L * Many);
        }
    }

    [Property(MaxTest = 300)]
    public bool Any_bytes_are_taken_or_refused(byte[] content) =>
        content is not { Length: > 0 } || IsTakenOrRefused(".dat", content);

    [Property(MaxTest = 1000)]
    public bool Any_change_of_a_good_file_is_taken_or_refused(NonNegativeInt at, byte value, NonNegativeInt cut)
    {
        byte[] file = TorchSharp(Good);
        file[at.Get % file.Length] = value;
        int from = cut.Get % file.Length;
        return IsTakenOrRefused(".dat", cut.Get % 2 == 0 ? file : [.. file[..from], .. file[Math.Min(file.Length, from + 1)..]]);
    }
}
