using System.Runtime.InteropServices;

namespace InitDsl.Tests;

/// <summary>The vector conversions against the runtime's own, one number a time.</summary>
public class HalfPrecisionTests
{
    /// <summary>Every half and what lies between two: their middle and its neighbours. Then random bits, NaNs among them.</summary>
    private static readonly float[] Values =
    [
        .. Enumerable.Range(0, 1 << 16).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))
            .Where(value => !float.IsNaN(value))
            .SelectMany(value => Around(value)),
        .. RandomFloats(300_003),
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 65519.996f, 65520f, -65520f, 1e-45f, float.MaxValue,
    ];

    [Fact]
    public void Halves_round_as_the_runtime_rounds()
    {
        var found = new Half[Values.Length];
        float[] values = [.. Values];
        HalfPrecision.Round(values, found);
        Assert.Equal(Array.ConvertAll(found, half => (float)half), values);
        Assert.Equal(
            Array.ConvertAll(Values, value => BitConverter.HalfToUInt16Bits((Half)value)),
            Array.ConvertAll(found, BitConverter.HalfToUInt16Bits));
    }

    [Fact]
    public void BFloat16_rounds_as_one_number_does()
    {
        ushort[] found = new ushort[Values.Length];
        float[] values = [.. Values];
        HalfPrecision.RoundBFloat16(values, found);
        Assert.Equal(Array.ConvertAll(found, BFloat16Bits.Widen), values);
        Assert.Equal(Array.ConvertAll(Values, BFloat16Bits.Round), found);
    }

    private static IEnumerable<float> Around(float value)
    {
        yield return value;
        if (float.IsFinite(value))
        {
            float middle = (value + (float)Half.BitIncrement((Half)value)) / 2;
            yield return middle;
            yield return MathF.BitIncrement(middle);
            yield return MathF.BitDecrement(middle);
        }
    }

    private static float[] RandomFloats(int count)
    {
        uint[] words = new uint[count];
        Words.Fill(new StreamKey(16), 0, words);
        return MemoryMarshal.Cast<uint, float>(words).ToArray();
    }
}
