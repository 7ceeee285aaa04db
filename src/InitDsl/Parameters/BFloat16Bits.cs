namespace InitDsl;

/// <summary>The upper half of a float32, rounded to nearest, ties to even.</summary>
internal static class BFloat16Bits
{
    internal static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    internal static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
