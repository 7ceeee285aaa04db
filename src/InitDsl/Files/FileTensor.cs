using System.Security.Cryptography;

namespace InitDsl;

/// <summary>A tensor in a file, whose place and size have been checked against the file.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Place">Where in the file it is described.</param>
/// <param name="Offset">Where in the file its elements begin.</param>
/// <param name="Bytes">How many bytes they take.</param>
internal sealed record FileTensor(WeightFile File, string Name, FileType Type, Shape Shape, long Place, long Offset, long Bytes)
{
    /// <summary>Name, file and place, as the beginning of a sentence.</summary>
    internal string Text => FormattableString.Invariant($"{Code.Quote(Name)} of {File.Name} (byte {Place})");

    /// <summary>SHA-256 of the elements as they lie in the file.</summary>
    internal byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[Math.Min(Bytes, 1 << 16)];
        for (long at = 0; at < Bytes; at += chunk.Length)
        {
            Span<byte> next = chunk.AsSpan(0, (int)Math.Min(chunk.Length, Bytes - at));
            File.Read(Offset + at, next);
            hash.AppendData(next);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Whether another holds the same elements.</summary>
    internal bool HoldsSame(FileTensor other)
    {
        if (Type != other.Type || !Shape.Equals(other.Shape))
        {
            return false;
        }

        byte[] mine = new byte[Math.Min(Bytes, 1 << 16)];
        byte[] theirs = new byte[mine.Length];
        for (long at = 0; at < Bytes; at += mine.Length)
        {
            int length = (int)Math.Min(mine.Length, Bytes - at);
            File.Read(Offset + at, mine.AsSpan(0, length));
            other.File.Read(other.Offset + at, theirs.AsSpan(0, length));
            if (!mine.AsSpan(0, length).SequenceEqual(theirs.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }
}
