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
