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

    /// <summary>
    /// The first 8 bytes, little endian, of SHA-256 over: the seed (8 bytes), the length of the path in UTF-8
    /// bytes (4 bytes), the path, the length of the slice (4 bytes), the slice. Numbers are little endian.
    /// The lengths keep <c>("ab", "c")</c> apart from <c>("a", "bc")</c>.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="slice"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> or <paramref name="slice"/> is not valid UTF-16.</exception>
    public static StreamKey Of(long seed, string path, string slice = "")
    {
        byte[] pathBytes = Encode(path, nameof(path));
        byte[] sliceBytes = Encode(slice, nameof(slice));

        byte[] message = new byte[sizeof(long) + sizeof(int) + pathBytes.Length + sizeof(int) + sliceBytes.Length];
        Span<byte> rest = message;
        BinaryPrimitives.WriteInt64LittleEndian(rest, seed);
        rest = rest[sizeof(long)..];
        rest = AppendPrefixed(rest, pathBytes);
        AppendPrefixed(rest, sliceBytes);
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
        byte[] nameBytes = Encode(name, nameof(name));
        byte[] message = new byte[sizeof(ulong) + sizeof(int) + nameBytes.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(message, Value);
        AppendPrefixed(message.AsSpan(sizeof(ulong)), nameBytes);
        return FirstBytes(message);
    }

    private static StreamKey FirstBytes(byte[] message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return new StreamKey(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    private static byte[] Encode(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        try
        {
            return Utf8.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                $"The text has a lone surrogate at index {e.Index}, so it has no UTF-8 form to make a key from.", parameter, e);
        }
    }

    private static Span<byte> AppendPrefixed(Span<byte> destination, byte[] bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, bytes.Length);
        bytes.CopyTo(destination[sizeof(int)..]);
        return destination[(sizeof(int) + bytes.Length)..];
    }
}
