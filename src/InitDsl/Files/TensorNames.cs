using System.Text;

namespace InitDsl;

/// <summary>What is asked of the names that files give their tensors.</summary>
internal static class TensorNames
{
    /// <exception cref="WeightFileException">The name holds characters that no parameter's name has.</exception>
    internal static string Checked(WeightFile file, long place, string name)
    {
        int control = name.AsSpan().IndexOfAnyInRange('\0', '\x1f');
        if (control < 0)
        {
            control = name.AsSpan().IndexOfAnyInRange('\x7f', '\x9f');
        }

        return control < 0 ? name : throw file.Problem(
            place,
            FormattableString.Invariant($"the name {Code.Shown(name)} holds the control character U+{(int)name[control]:X4}"),
            "Write the file again with names that can be printed.");
    }

    /// <summary>A path that TorchSharp made of the names of fields, as a person writes it.</summary>
    internal static string Plain(string name) => string.Join('.', name.Split('.').Select(RegisteredName.Plain));

    /// <summary>Remembers a name, which must not have come before.</summary>
    /// <exception cref="WeightFileException">It has.</exception>
    internal static void Add(HashSet<string> names, string name, WeightFile file, long place)
    {
        if (!names.Add(name))
        {
            throw file.Problem(place, $"the name {Code.Shown(name)} comes twice", JsonPart.Again);
        }
    }

    /// <summary>The place of the first byte that is not UTF-8; −1 where all are.</summary>
    internal static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        if (System.Text.Unicode.Utf8.IsValid(text))
        {
            return -1;
        }

        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
