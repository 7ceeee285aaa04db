using System.Security.Cryptography;

namespace InitDsl.Tests;

/// <summary>
/// The contract to the bit for every law and dtype, at odd starts and lengths and where the block counter carries:
/// the first 8 bytes of SHA-256 over the bytes written. They hold on every system, instruction set and thread count.
/// </summary>
public class PinnedFillsTests
{
    private static readonly StreamKey Key = StreamKey.Of(42, "fc1.weight");

    private static readonly (long Start, int Length)[] Ranges =
        [(0, 1), (3, 5), (1, 20_001), (7, 4_099), ((1L << 33) - 1_001, 3_003), ((1L << 34) - 1_001, 3_003), ((1L << 40) + 5, 77)];

    private static readonly Dictionary<string, Law> Laws = new()
    {
        ["constant"] = new ConstantLaw(0.3),
        ["uniform"] = new UniformLaw(-0.1, 0.3),
        ["normal"] = new NormalLaw(0.5, 0.02),
        ["truncated at 2 sigma"] = new TruncatedNormalLaw(0, 0.02, -0.04, 0.04),
        ["truncated at 100 sigma"] = new TruncatedNormalLaw(0, 0.02, -2, 2),
        ["upper tail from 3"] = new TruncatedNormalLaw(0, 1, 3, 40),
        ["padded"] = new PaddedLaw(new NormalLaw(0, 1), new(2_000, 3), 1),
    };

    [Theory]
    [InlineData("constant", DType.Float32, "D4B3B878DC8A0FFE")]
    [InlineData("constant", DType.Float64, "90E6319AC3B62631")]
    [InlineData("constant", DType.BFloat16, "6203F44A112A3B99")]
    [InlineData("constant", DType.Float16, "B5054AAFE1744AA1")]
    [InlineData("uniform", DType.Float32, "33152FE9AE8A7BFE")]
    [InlineData("uniform", DType.Float64, "C3C53784865D132C")]
    [InlineData("uniform", DType.BFloat16, "04346063EA4C17BE")]
    [InlineData("uniform", DType.Float16, "175ED05AF4F82840")]
    [InlineData("uniform", DType.Complex64, "3B604AD9EBDCFFD6")]
    [InlineData("uniform", DType.Complex128, "09C9EB9019148BAF")]
    [InlineData("normal", DType.Float32, "46AB936853A066D3")]
    [InlineData("normal", DType.Float64, "0C9B116A0DF26DE8")]
    [InlineData("normal", DType.BFloat16, "C873874FD5A19A3F")]
    [InlineData("normal", DType.Float16, "18F0E7A72CDD51CB")]
    [InlineData("normal", DType.Complex64, "1B7DADC254B12C2A")]
    [InlineData("normal", DType.Complex128, "B546C29271DB40FB")]
    [InlineData("truncated at 2 sigma", DType.Float32, "3A52391DEDD657B6")]
    [InlineData("truncated at 2 sigma", DType.Float64, "0B2E7A46E21AB9A9")]
    [InlineData("truncated at 2 sigma", DType.BFloat16, "7A11A5B91CFBDBEC")]
    [InlineData("truncated at 2 sigma", DType.Float16, "CB67389F9C88EE86")]
    [InlineData("truncated at 100 sigma", DType.Float32, "AABC1388905BC71B")]
    [InlineData("truncated at 100 sigma", DType.Float64, "1E7BCC5B51179B67")]
    [InlineData("truncated at 100 sigma", DType.BFloat16, "D61EB06C5D9AE72E")]
    [InlineData("truncated at 100 sigma", DType.Float16, "B3751CCD2C12DD17")]
    [InlineData("upper tail from 3", DType.Float32, "ADF91C62F5C540BB")]
    [InlineData("upper tail from 3", DType.Float64, "4467D47DDF02240A")]
    [InlineData("upper tail from 3", DType.BFloat16, "A1DC7B012A30CEC2")]
    [InlineData("upper tail from 3", DType.Float16, "0808B3B0E95AC247")]
    [InlineData("truncated at 2 sigma", DType.Complex64, "1B829C56A2A80630")]
    [InlineData("truncated at 2 sigma", DType.Complex128, "27C36E09B764CBE4")]
    [InlineData("constant", DType.Complex64, "05ED94C54762A009")]
    [InlineData("constant", DType.Complex128, "BAE52CBE962198B2")]
    [InlineData("padded", DType.Float32, "EE6D5031AED64BEB")]
    [InlineData("padded", DType.Float64, "4AA8CAF41EF0A2B4")]
    [InlineData("padded", DType.BFloat16, "A6EEDCCBC6F32DED")]
    [InlineData("padded", DType.Float16, "BA58D14BBF367DF4")]
    public void Fills_have_these_bits(string law, DType dtype, string expected)
    {
        Law drawn = dtype.IsComplex() ? new ComplexLaw(Laws[law], Laws[law]) : Laws[law];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((long start, int length) in Ranges)
        {
            byte[] bytes = new byte[length * dtype.Size()];
            ElementCodec.Write(Filler.Of(drawn, Key), dtype, start, bytes);
            hash.AppendData(bytes);
        }

        Assert.Equal(expected, Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 8)));
    }

    /// <summary>The moments of a report, too, are the same at every vector width.</summary>
    [Theory]
    [InlineData(DType.Float32, 0.50010676665828424, 0.019966177046972219)]
    [InlineData(DType.Float64, 0.50020090756029034, 0.019969518369343738)]
    public void Moments_have_these_bits(DType dtype, double mean, double std)
    {
        var moments = new MomentAccumulator();
        if (dtype == DType.Float32)
        {
            float[] values = new float[20_001];
            NormalDraws.Fill(Key, 1, values, 0.5, 0.02);
            moments.Add(values);
        }
        else
        {
            double[] values = new double[20_001];
            NormalDraws.Fill(Key, 1, values, 0.5, 0.02);
            moments.Add(values);
        }

        Assert.Equal((mean, std), (moments.Moments.Mean, moments.Moments.Std));
    }
}
