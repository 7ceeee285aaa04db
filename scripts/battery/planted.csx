// Streams that are bad on purpose, each in a way that a library like this could be: a battery that passes one of them
// would prove nothing. Loaded by battery.csx.

using System.Runtime.InteropServices;

static class PlantedStreams
{
    private const int Piece = 1 << 14;

    public static IReadOnlyList<TestStream> All { get; } =
    [
        new("bad-lcg16", "planted", "two steps of a 16-bit congruential generator a word", true, Lcg16),
        new("bad-rounds", "planted", "Philox with 2 rounds, not 10", true, () => FewRounds(2)),
        new("bad-overlap", "planted", "neighbours that are one stream, each a word further on", true, Overlapping),
        new("bad-bits", "planted", "float32 uniforms whose last bit is always 0", true, MissingBit),
        new("bad-std", "planted", "float32 normals 1% too wide", true,
            () => Streams.Mapped(Filler.Of(new NormalLaw(0, 1.01), StreamKey.Of(42, "fc.weight")), wide: false)),
    ];

    /// <summary>Philox4x32 written once more, for any number of rounds. With 10 it must be the library's.</summary>
    public static void Philox(ulong key, long block, int rounds, Span<uint> four)
    {
        uint c0 = (uint)block, c1 = (uint)(block >> 32), c2 = 0, c3 = 0, k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < rounds; round++)
        {
            ulong p0 = 0xD2511F53UL * c0;
            ulong p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            unchecked
            {
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
        }

        (four[0], four[1], four[2], four[3]) = (c0, c1, c2, c3);
    }

    private static IEnumerable<byte[]> FewRounds(int rounds)
    {
        var words = new uint[Piece];
        for (long block = 0; ;)
        {
            for (int i = 0; i < Piece; i += 4)
            {
                Philox(StreamKey.Of(42, "fc.weight").Value, block++, rounds, words.AsSpan(i));
            }

            yield return MemoryMarshal.AsBytes<uint>(words).ToArray();
        }
    }

    private static IEnumerable<byte[]> Lcg16()
    {
        var halves = new ushort[Piece];
        ushort state = 1;
        while (true)
        {
            for (int i = 0; i < Piece; i++)
            {
                state = unchecked((ushort)((state * 25173) + 13849));
                halves[i] = state;
            }

            yield return MemoryMarshal.AsBytes<ushort>(halves).ToArray();
        }
    }

    private static IEnumerable<byte[]> Overlapping()
    {
        const int Neighbours = 256;
        var own = new uint[Neighbours + (Piece / Neighbours)];
        var all = new uint[Piece];
        for (long start = 0; ; start += Piece / Neighbours)
        {
            StreamKey.Of(42, "fc.weight").FillWords(start, own);
            for (int k = 0; k < Piece; k++)
            {
                all[k] = own[(k / Neighbours) + (k % Neighbours)];
            }

            yield return MemoryMarshal.AsBytes<uint>(all).ToArray();
        }
    }

    private static IEnumerable<byte[]> MissingBit()
    {
        foreach (byte[] piece in Streams.PackedSingles(Filler.Of(new UniformLaw(0, 1), StreamKey.Of(42, "fc.weight"))))
        {
            for (int i = 0; i < piece.Length; i += 3)
            {
                piece[i] &= 0xFE;
            }

            yield return piece;
        }
    }
}
