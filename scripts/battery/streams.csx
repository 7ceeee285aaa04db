// The streams that the battery tests, through the public API alone. A stream is endless and made of bytes; words are
// little endian. Loaded by battery.csx.

using System.Runtime.InteropServices;

/// <param name="Name">How it is asked for.</param>
/// <param name="Group">What it is an example of.</param>
/// <param name="What">What it is made of.</param>
/// <param name="Planted">Bad on purpose: the battery has to fail it.</param>
/// <param name="Bytes">The stream, from its beginning, in pieces.</param>
record TestStream(string Name, string Group, string What, bool Planted, Func<IEnumerable<byte[]>> Bytes);

static class Streams
{
    private const int Piece = 1 << 14;

    public static IReadOnlyList<TestStream> OfTheLibrary { get; } =
    [
        new("key-a", "single key", "words of seed 0, path \"0.weight\"", false, () => Words(StreamKey.Of(0, "0.weight"), 0)),
        new("key-b", "single key", "words of seed 42, path \"transformer.h.11.attn.c_proj.weight\"", false,
            () => Words(StreamKey.Of(42, "transformer.h.11.attn.c_proj.weight"), 0)),
        new("key-c", "single key", "words of seed −1, path \"fc.bias\"", false, () => Words(StreamKey.Of(-1, "fc.bias"), 0)),
        new("key-raw", "single key", "words of the Philox key 0, the poorest there is", false, () => Words(new StreamKey(0), 0)),

        new("paths", "neighbours", "seed 42, word j of layers.0.weight … layers.255.weight in turn", false,
            () => InTurn(256, i => StreamKey.Of(42, $"layers.{i}.weight"))),
        new("seeds", "neighbours", "path \"fc.weight\", word j of seeds 0 … 255 in turn", false,
            () => InTurn(256, i => StreamKey.Of(i, "fc.weight"))),
        new("keys", "neighbours", "word j of the Philox keys 0 … 255 in turn: neighbours that no hash has parted", false,
            () => InTurn(256, i => new StreamKey((ulong)i))),

        new("carry", "high counters", "words from 2³⁴ − 2²⁰ on: the block counter carries into its second word on the way", false,
            () => Words(StreamKey.Of(42, "fc.weight"), (1L << 34) - (1 << 20))),
        new("far", "high counters", "words from 2⁶² on", false, () => Words(StreamKey.Of(42, "fc.weight"), 1L << 62)),
        new("apart", "high counters", "words j, 2³³ + j, 2³⁴ + j and 2⁶² + j of one key in turn", false,
            () => InTurn([0, 1L << 33, 1L << 34, 1L << 62], StreamKey.Of(42, "fc.weight"))),

        new("uniform-f32", "values", "the 24 bits of float32 uniforms, packed", false,
            () => PackedSingles(Filler.Of(new UniformLaw(0, 1), StreamKey.Of(42, "fc.weight")))),
        new("uniform-f64", "values", "the 53 bits of float64 uniforms, packed", false,
            () => PackedDoubles(Filler.Of(new UniformLaw(0, 1), StreamKey.Of(42, "fc.weight")))),
        new("normal-f32", "values", "the first 16 bits of Φ(z), z float32 normals", false,
            () => Mapped(Filler.Of(new NormalLaw(0, 1), StreamKey.Of(42, "fc.weight")), wide: false)),
        new("normal-f64", "values", "the first 32 bits of Φ(z), z float64 normals", false,
            () => Mapped(Filler.Of(new NormalLaw(0, 1), StreamKey.Of(42, "fc.weight")), wide: true)),
    ];

    /// <summary>Words of one stream from <paramref name="start"/> on.</summary>
    private static IEnumerable<byte[]> Words(StreamKey key, long start)
    {
        var words = new uint[Piece];
        for (; ; start += Piece)
        {
            key.FillWords(start, words);
            yield return MemoryMarshal.AsBytes<uint>(words).ToArray();
        }
    }

    /// <summary>Word 0 of every key, then word 1 of every key, …</summary>
    private static IEnumerable<byte[]> InTurn(int count, Func<int, StreamKey> key)
    {
        StreamKey[] keys = Enumerable.Range(0, count).Select(key).ToArray();
        return InTurn(count, (i, start, words) => keys[i].FillWords(start, words));
    }

    /// <summary>A word from each of several places of one stream, then the next word from each, …</summary>
    private static IEnumerable<byte[]> InTurn(long[] starts, StreamKey key) =>
        InTurn(starts.Length, (i, start, words) => key.FillWords(starts[i] + start, words));

    private delegate void FillOne(int stream, long start, Span<uint> words);

    private static IEnumerable<byte[]> InTurn(int count, FillOne fill)
    {
        int each = Math.Max(64, Piece / count);
        var own = new uint[each];
        var all = new uint[each * count];
        for (long start = 0; ; start += each)
        {
            for (int i = 0; i < count; i++)
            {
                fill(i, start, own);
                for (int j = 0; j < each; j++)
                {
                    all[(j * count) + i] = own[j];
                }
            }

            yield return MemoryMarshal.AsBytes<uint>(all).ToArray();
        }
    }

    /// <summary>Three bytes a value: u·2²⁴ is a whole number.</summary>
    public static IEnumerable<byte[]> PackedSingles(Filler uniform)
    {
        var values = new float[Piece];
        for (long start = 0; ; start += Piece)
        {
            uniform.Fill(start, values);
            var bytes = new byte[3 * Piece];
            for (int i = 0; i < Piece; i++)
            {
                uint bits = (uint)(values[i] * (1 << 24));
                bytes[3 * i] = (byte)bits;
                bytes[(3 * i) + 1] = (byte)(bits >> 8);
                bytes[(3 * i) + 2] = (byte)(bits >> 16);
            }

            yield return bytes;
        }
    }

    /// <summary>53 bits a value, one after the other: u·2⁵³ is a whole number. Eight values fill 53 bytes.</summary>
    private static IEnumerable<byte[]> PackedDoubles(Filler uniform)
    {
        var values = new double[Piece];
        for (long start = 0; ; start += Piece)
        {
            uniform.Fill(start, values);
            var bytes = new byte[53 * Piece / 8];
            UInt128 pending = 0;
            int held = 0;
            int at = 0;
            foreach (double value in values)
            {
                pending |= (UInt128)(ulong)(value * (1L << 53)) << held;
                for (held += 53; held >= 8; held -= 8)
                {
                    bytes[at++] = (byte)pending;
                    pending >>= 8;
                }
            }

            yield return bytes;
        }
    }

    /// <summary>
    /// Normals through their own distribution function, libtorch's, which makes uniforms of them. float32 normals are
    /// 2⁻²⁴ apart where they are dense and know no more than some 20 bits of Φ(z); 16 are tested.
    /// </summary>
    public static IEnumerable<byte[]> Mapped(Filler normal, bool wide)
    {
        var doubles = new double[Piece];
        var singles = new float[Piece];
        for (long start = 0; ; start += Piece)
        {
            if (wide)
            {
                normal.Fill(start, doubles);
            }
            else
            {
                normal.Fill(start, singles);
                for (int i = 0; i < Piece; i++)
                {
                    doubles[i] = singles[i];
                }
            }

            double[] uniforms;
            using (Tensor z = tensor(doubles))
            using (Tensor u = special.ndtr(z))
            {
                uniforms = u.data<double>().ToArray();
            }

            yield return wide
                ? MemoryMarshal.AsBytes<uint>(Array.ConvertAll(uniforms, u => (uint)Math.Min(u * 4294967296.0, uint.MaxValue))).ToArray()
                : MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(uniforms, u => (ushort)Math.Min(u * 65536.0, ushort.MaxValue))).ToArray();
        }
    }
}
