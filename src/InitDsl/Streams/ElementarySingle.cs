using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// The float32 functions behind the normal laws. Every operation is one that vector units have, every choice can
/// be a blend, and nothing is looked up in a table, so a vector kernel can repeat each step and get each bit.
/// Products and sums are rounded separately: a fused multiply-add would change bits where hardware has it.
/// </summary>
internal static class ElementarySingle
{
    private const int MantissaMask = (1 << 23) - 1;
    private const int BitsOfSqrtHalf = 0x3F3504F3;

    // float32 hits ln 2 within 3e-9 of its value, so splitting it in two would gain next to nothing.
    private const float Ln2 = 0.6931472f;

    /// <summary>
    /// −ln(x·2^−scale) for a positive normal number <paramref name="x"/>. x = 2ᵉ·(1 + f) with 1 + f from √½ to √2.
    /// The error is
    /// within 1.2e-7 relative to the result for x·2^−scale ≤ 1, also next to 1; the logarithm of 1 is exactly 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float NegativeLog(float x, int scale)
    {
        int t = BitConverter.SingleToInt32Bits(x) - BitsOfSqrtHalf;
        float e = (float)((t >> 23) - scale);
        float f = BitConverter.Int32BitsToSingle((t & MantissaMask) + BitsOfSqrtHalf) - 1f;

        // −ln(1 + f) = −f + f²·(½ + f·P(f)), minimax in relative error on √½ ≤ 1 + f ≤ √2, within 3.2e-8.
        float p = -0.086896278f;
        p = (p * f) + 0.142655268f;
        p = (p * f) + -0.149177983f;
        p = (p * f) + 0.165779576f;
        p = (p * f) + -0.199627906f;
        p = (p * f) + 0.250013202f;
        p = (p * f) + -0.333339185f;
        p = (p * f) + 0.5f;
        return ((f * f * p) - f) - (e * Ln2);
    }

    /// <summary>Sine and cosine of <paramref name="turn"/>·2⁻³² of a full turn, each within 1.2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosTurn(uint turn, out float sin, out float cos)
    {
        // Two bits say which quadrant boundary is nearest: (turn + 2²⁹) >> 30. The other 30, moved up, are as a
        // signed number the rest as a fraction of a quadrant, −½ to ½, in units of 2⁻³².
        uint shifted = unchecked(turn + (1u << 29));
        float y = (float)(int)(turn << 2) * (1f / 4294967296f);
        float v = y * y;

        // sin(πy/2)/y, minimax on |y| ≤ ½, within 4.4e-8, most of it π/2 as a float32.
        float p = -0.00468281982f;
        p = (p * v) + 0.0797112659f;
        p = (p * v) + -0.64596653f;
        p = (p * v) + 1.57079637f;
        float nearSin = y * p;

        // cos(πy/2), minimax on |y| ≤ ½, within 3.3e-8.
        p = -0.0204279609f;
        p = (p * v) + 0.253607005f;
        p = (p * v) + -1.23369801f;
        float nearCos = 1f + (p * v);

        // Quadrants 1 and 3 exchange the two; 2 and 3 negate the sine, 1 and 2 the cosine.
        bool odd = (shifted & (1u << 30)) != 0;
        sin = odd ? nearCos : nearSin;
        cos = odd ? nearSin : nearCos;
        sin = WithFlippedSign(sin, shifted);
        cos = WithFlippedSign(cos, unchecked(shifted + (1u << 30)));
    }

    // Negates where the top bit is set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float WithFlippedSign(float value, uint topBit) =>
        BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) ^ (topBit & 0x80000000u));
}
