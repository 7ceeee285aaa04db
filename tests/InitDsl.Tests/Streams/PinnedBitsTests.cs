namespace InitDsl.Tests;

/// <summary>
/// The contract to the bit: these patterns hold on every system, instruction set and thread count, and for good.
/// Whoever changes one changes every model that anybody ever initialised from a seed. They start at element 3 and
/// run over the ends of two blocks.
/// </summary>
public class PinnedBitsTests
{
    private const int Start = 3;

    private static readonly StreamKey Key = StreamKey.Of(42, "fc1.weight");

    public static TheoryData<string, uint[]> Singles => new()
    {
        { "words", [0x0D53B38F, 0x0070AC60, 0x0251C7FB, 0xB1C76923, 0xE7B35F49, 0xE9435754] },
        { "uniform", [0xBDA2275D, 0xBDCB6440, 0xBDC560B7, 0x3E360BDC, 0x3E862919, 0x3E876913] },
        { "normal", [0x3F00D2C9, 0x3F123D46, 0x3F010A1A, 0x3F039E17, 0x3EFB16A3, 0x3F01F8B2] },
        { "truncated at 2 sigma", [0xBCEEDAFB, 0xBD216C27, 0xBD186C3A, 0x3C1E6848, 0x3CC610F5, 0x3CCB20DD] },
        { "truncated at 100 sigma", [0xBD052337, 0xBD6FA927, 0xBD4196AA, 0x3C26A029, 0x3CD6CDB8, 0x3CDCDE9B] },
        { "upper tail from 3", [0x40410A30, 0x40400896, 0x40402D67, 0x405608E5, 0x4069FA94, 0x406B1148] },
        { "far tail from -9 to -8", [0xC105B167, 0xC10BD079, 0xC108ED10, 0xC100B75E, 0xC1003241, 0xC1002EDE] },
        { "narrow", [0x400000DA, 0x40000007, 0x40000026, 0x40000B60, 0x40000ED4, 0x40000EEE] },
    };

    public static TheoryData<string, ulong[]> Doubles => new()
    {
        {
            "uniform",
            [0x3FD0C52320F82D8A, 0x3FD14BBD4A30ED22, 0x3FC05645850C6D7D,
             0x3FB85405638717F0, 0xBFA0C9257B2DBB40, 0x3FC5B76A266B4D41]
        },
        {
            "normal",
            [0x3FDDCB7EBF252395, 0x3FDF8B1CCC740FF7, 0x3FDFC9D174DA1970,
             0x3FE060B7EDCEEE71, 0x3FE0AAE80B912388, 0x3FDF03DA1468535E]
        },
        {
            "truncated at 2 sigma",
            [0x3F98C21ED8845D87, 0x3F9AFE49528087B1, 0x3F6B34616EDBE325,
             0xBF437A283FAEEC84, 0xBF9280B20462F837, 0x3F8197CAFFB6B0BC]
        },
        {
            "truncated at 100 sigma",
            [0x3F9AD9B6F7CE4CC4, 0x3F9D924E1E976869, 0x3F6C83A93EFD48F5,
             0xBF4467EB269772BF, 0xBF93B35DAECF939C, 0x3F827D48061D0EAC]
        },
        {
            "upper tail from 3",
            [0x400D3F5248013A03, 0x400DBE72BCBA6BAF, 0x4009FB4DB88C2CB5,
             0x400995AE3ABFF98C, 0x400871DD091A6313, 0x400A9C7BFC686A97]
        },
        {
            "far tail from -9 to -8",
            [0xC02006481241294E, 0xC02004DE798BBEBA, 0xC0202361EE4C673A,
             0xC0202D08268F28A9, 0xC0206EED4241D841, 0xC02018C7ABB24632]
        },
        {
            "narrow",
            [0x400001DA8470A1A6, 0x400001E54961189A, 0x4000012A58C6BF00,
             0x400000FF9DB4BBBF, 0x40000058176413A4, 0x400001616F267DC4]
        },
    };

    [Theory]
    [MemberData(nameof(Singles))]
    public void Singles_have_these_bits(string law, uint[] expected) =>
        Assert.Equal(Hex(expected), Hex(SinglesOf(law)));

    [Theory]
    [MemberData(nameof(Doubles))]
    public void Doubles_have_these_bits(string law, ulong[] expected) =>
        Assert.Equal(Hex(expected), Hex(DoublesOf(law)));

    /// <summary>A digest over many values catches what a handful misses: the tails, and every branch.</summary>
    [Theory]
    [InlineData("uniform", 0x82E6F9F2169CAA23, 0x36AC3BC72CFDE8E5)]
    [InlineData("normal", 0x5FA32972D89AF9E0, 0x7D031004B8998067)]
    [InlineData("truncated at 2 sigma", 0x008E573D26C778EF, 0x1C8D07A074DDB5B9)]
    [InlineData("truncated at 100 sigma", 0x17E4CC3A86A76BE6, 0xFB1BF79BCCD5AE28)]
    [InlineData("upper tail from 3", 0x5DF0EB9F72D1E8AF, 0x072E1A8C3AA91872)]
    [InlineData("far tail from -9 to -8", 0xFF91DAE926D9BD99, 0xEC675197B428FF64)]
    [InlineData("narrow", 0x1090597AD05035A8, 0x372A01736AC43DE5)]
    public void A_hundred_thousand_singles_and_doubles_have_this_digest(string law, ulong singles, ulong doubles)
    {
        float[] values = new float[100_000];
        Fill(law, values, 0);
        double[] values64 = new double[100_000];
        Fill(law, values64, 0);
        Assert.Equal(
            (singles.ToString("X16"), doubles.ToString("X16")),
            (Digest(values.Select(v => (ulong)BitConverter.SingleToUInt32Bits(v))).ToString("X16"),
             Digest(values64.Select(BitConverter.DoubleToUInt64Bits)).ToString("X16")));
    }

    // FNV-1a over whole values.
    private static ulong Digest(IEnumerable<ulong> values) =>
        values.Aggregate(0xCBF29CE484222325UL, (hash, value) => unchecked((hash ^ value) * 0x100000001B3UL));

    private static uint[] SinglesOf(string law)
    {
        if (law == "words")
        {
            uint[] words = new uint[6];
            Words.Fill(Key, Start, words);
            return words;
        }

        float[] values = new float[6];
        Fill(law, values, Start);
        return Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);
    }

    private static ulong[] DoublesOf(string law)
    {
        double[] values = new double[6];
        Fill(law, values, Start);
        return Array.ConvertAll(values, BitConverter.DoubleToUInt64Bits);
    }

    private static void Fill(string law, float[] values, long start)
    {
        switch (law)
        {
            case "uniform": UniformDraws.Fill(Key, start, values, -0.1, 0.3); break;
            case "normal": NormalDraws.Fill(Key, start, values, 0.5, 0.02); break;
            default: TruncatedNormalDraws.Fill(Key, start, values, Truncated(law)); break;
        }
    }

    private static void Fill(string law, double[] values, long start)
    {
        switch (law)
        {
            case "uniform": UniformDraws.Fill(Key, start, values, -0.1, 0.3); break;
            case "normal": NormalDraws.Fill(Key, start, values, 0.5, 0.02); break;
            default: TruncatedNormalDraws.Fill(Key, start, values, Truncated(law)); break;
        }
    }

    private static TruncatedGaussian Truncated(string law) => law switch
    {
        "truncated at 2 sigma" => new(0, 0.02, -0.04, 0.04),
        "truncated at 100 sigma" => new(0, 0.02, -2, 2),
        "upper tail from 3" => new(0, 1, 3, double.PositiveInfinity),
        "far tail from -9 to -8" => new(0, 1, -9, -8),
        "narrow" => new(1, 2, 2, 2.001),
        _ => throw new ArgumentOutOfRangeException(nameof(law), law, null),
    };

    private static string[] Hex(uint[] values) => Array.ConvertAll(values, v => v.ToString("X8"));

    private static string[] Hex(ulong[] values) => Array.ConvertAll(values, v => v.ToString("X16"));
}
