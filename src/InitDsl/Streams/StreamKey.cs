using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace InitDsl;

/// <summary>
/// Names one stream of random words. Equal keys give equal values everywhere; the key depends on nothing but
/// the seed, the path of the parameter and the slice of it that is drawn.
/// </summary>
/// <param name="Value">The 64-bit Philox key.</param>
public readonly record struct StreamKey(ulong Value)
{
    // Strict: a lone surrogate would otherwise become U+FFFD, and two different paths one stream.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes; longer than nearly every path.</summary>
    private const int MostOnStack = 256;

    /// <summary>
    /// The first 8 bytes, little endian, of SHA-256 over: the seed (8 bytes), the length of the path in UTF-8
    /// bytes (4 bytes), the path, the length of the slice (4 bytes), the slice. Numbers are little endian.
    /// The lengths keep <c>("ab", "c")</c> apart from <c>("a", "bc")</c>.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="slice"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> or <paramref name="slice"/> is not valid UTF-16.</exception>
    public static StreamKey Of(long seed, string path, string slice = "")
    {
        int pathLength = Length(path, nameof(path));
        int sliceLength = Length(slice, nameof(slice));

        int length = sizeof(long) + sizeof(int) + pathLength + sizeof(int) + sliceLength;
        Span<byte> message = length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[length];
        message = message[..length];
        BinaryPrimitives.WriteInt64LittleEndian(message, seed);
        Span<byte> rest = AppendPrefixed(message[sizeof(long)..], path, pathLength);
        AppendPrefixed(rest, slice, sliceLength);
        return FirstBytes(message);
    }

    /// <summary>
    /// The stream of a named part: the first 8 bytes, little endian, of SHA-256 over this key (8 bytes), the length of
    /// the name in UTF-8 bytes (4 bytes) and the name. It is never what <see cref="Of"/> hashes, which goes on for at least
    /// 4 bytes after a text of the same length. Rows that have a law of their own, and the second side of a blend, draw
    /// from such streams.
    /// </summary>
    /// <param name="name">The part, as <c>block 1/4</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not valid UTF-16.</exception>
    public StreamKey Slice(string name)
    {
        int nameLength = Length(name, nameof(name));
        Span<byte> message = new byte[sizeof(ulong) + sizeof(int) + nameLength];
        BinaryPrimitives.WriteUInt64LittleEndian(message, Value);
        AppendPrefixed(message[sizeof(ulong)..], name, nameLength);
        return FirstBytes(message);
    }

    private static StreamKey FirstBytes(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return new StreamKey(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    /// <summary>
    /// The raw words of the stream that this key names: word i is word i mod 4 of the Philox block i div 4. Every
    /// value of an element-wise law is made of them. For statistical tests, and for values of your own that are to
    /// be the same on every machine.
    /// </summary>
    /// <param name="start">Index of the first word wanted.</param>
    /// <param name="destination">Where the words go.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    public void FillWords(long start, Span<uint> destination) => Words.Fill(this, start, destination);

    /// <summary>How many bytes a text has in UTF-8.</summary>
    private static int Length(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        try
        {
            return Utf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                $"The text has a lone surrogate at index {e.Index}, so it has no UTF-8 form to make a key from.", parameter, e);
        }
    }

    private static Span<byte> AppendPrefixed(Span<byte> destination, string text, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, length);
        Utf8.GetBytes(text, destination[sizeof(int)..]);
        return destination[(sizeof(int) + length)..];
    }
}
