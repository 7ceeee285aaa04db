using System.Buffers.Binary;
using System.Security.Cryptography;

namespace InitDsl;

/// <summary>Many numbers as one short text: equal texts mean equal numbers, bit by bit, on every machine.</summary>
internal static class ValueDigest
{
    private const int Bytes = 8;

    /// <summary>The first bytes of SHA-256 over the doubles, little endian, in hexadecimal.</summary>
    internal static string Of(ReadOnlySpan<double> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> chunk = stackalloc byte[1024 * sizeof(double)];
        while (!values.IsEmpty)
        {
            int count = Math.Min(1024, values.Length);
            for (int i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(chunk[(i * sizeof(double))..], values[i]);
            }

            hash.AppendData(chunk[..(count * sizeof(double))]);
            values = values[count..];
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes));
    }
}
