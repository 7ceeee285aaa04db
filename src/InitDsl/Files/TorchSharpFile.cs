using System.Text;

namespace InitDsl;

/// <summary>
/// A file that TorchSharp's <c>Module.save</c> wrote: the number of tensors, then for each its name, dtype, rank, sizes and
/// elements, one after the other. Numbers are unsigned LEB128; there is no mark and no checksum, so that only its own
/// consistency tells whether it is such a file.
/// </summary>
internal static class TorchSharpFile
{
    /// <exception cref="WeightFileException">The file is not what TorchSharp writes.</exception>
    internal static IReadOnlyList<FileTensor> Read(WeightFile file)
    {
        RefuseOthers(file);
        var cursor = new Cursor(file);
        long count = cursor.Number("the number of tensors");
        var tensors = new List<FileTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            tensors.Add(Tensor(file, cursor, FormattableString.Invariant($"tensor {i + 1} of {count}"), names));
        }

        return cursor.At == file.Length
            ? tensors
            : throw file.Problem(cursor.At, $"{file.Length - cursor.At} bytes follow the last of {count} tensors", JsonPart.Again);
    }

    private static FileTensor Tensor(WeightFile file, Cursor cursor, string which, HashSet<string> names)
    {
        long place = cursor.At;
        string name = TensorNames.Plain(TensorNames.Checked(file, place, cursor.Text($"the name of {which}")));
        TensorNames.Add(names, name, file, place);
        string quoted = Code.Shown(name);
        long typePlace = cursor.At;
        long number = cursor.Number($"the dtype of {quoted}");
        FileType type = FileType.OfTorch(number)
            ?? throw file.Problem(typePlace, $"{number}, the dtype of {quoted}, is no dtype that TorchSharp saves", JsonPart.Again);
        long shapePlace = cursor.At;
        long rank = cursor.Number($"the rank of {quoted}");
        if (rank > FileLimits.MostDimensions)
        {
            throw file.Problem(shapePlace, $"{quoted} is said to have {rank} dimensions, more than the {FileLimits.MostDimensions} that PyTorch has", JsonPart.Again);
        }

        var sizes = new List<long>();
        for (long i = 0; i < rank; i++)
        {
            sizes.Add(cursor.Number($"the sizes of {quoted}"));
        }

        Shape shape = FileLimits.ShapeOf(file, sizes, shapePlace, quoted);
        long begin = cursor.At;
        if (type.BytesOf(shape.Elements) is not { } bytes || bytes > file.Length - begin)
        {
            throw file.Problem(shapePlace, $"{quoted} {shape} of {type.Name} does not fit into the {file.Length - begin} bytes that follow", JsonPart.Again);
        }

        cursor.Skip(bytes);
        return new(file, name, type, shape, place, begin, bytes);
    }

    /// <summary>Says what other files of weights are, instead of what in them is no tensor.</summary>
    private static void RefuseOthers(WeightFile file)
    {
        Span<byte> mark = stackalloc byte[4];
        if (file.Length < mark.Length)
        {
            return;
        }

        file.Read(0, mark);
        string? other = mark.SequenceEqual("PK\u0003\u0004"u8) ? "a zip archive, as PyTorch's torch.save writes"
            : mark.SequenceEqual("GGUF"u8) ? "a GGUF file"
            : mark[0] == 0x80 && mark[1] is >= 2 and <= 5 && mark[2] is (byte)'}' or (byte)'c' or 0x8A or 0x95 ? "a Python pickle"
            : null;
        if (other is not null)
        {
            throw file.Problem(0, $"this is {other}", "Save it as safetensors (safetensors.torch.save_file), or with TorchSharp's Module.save.");
        }
    }

    /// <summary>A place in the file that moves on with what is read.</summary>
    private sealed class Cursor(WeightFile file)
    {
        /// <summary>Numbers are of 63 bits, and a byte has 7 of them.</summary>
        private const int LongestNumber = 9;

        internal long At { get; private set; }

        internal long Number(string what)
        {
            Span<byte> next = stackalloc byte[(int)Math.Min(LongestNumber, file.Length - At)];
            file.Read(At, next);
            long value = 0;
            for (int i = 0; i < next.Length; i++)
            {
                value |= (long)(next[i] & 0x7F) << (7 * i);
                if (next[i] < 0x80)
                {
                    At += next[i] > 0 || i == 0 ? i + 1 : throw Malformed(what);
                    return value;
                }
            }

            throw next.Length < LongestNumber ? Cut(what) : Malformed(what);
        }

        internal string Text(string what)
        {
            long length = Number($"the length of {what}");
            if (length > file.Length - At)
            {
                throw Cut(what);
            }

            if (length > FileLimits.LongestText)
            {
                throw file.Problem(At, $"{what} is said to be {length} bytes long", JsonPart.Again);
            }

            byte[] text = new byte[length];
            file.Read(At, text);
            int invalid = TensorNames.FirstInvalid(text);
            if (invalid >= 0)
            {
                throw file.Problem(At + invalid, $"{what} is not valid UTF-8", JsonPart.Again);
            }

            At += length;
            return Encoding.UTF8.GetString(text);
        }

        internal void Skip(long bytes) => At += bytes;

        private WeightFileException Malformed(string what) =>
            file.Problem(At, $"{what} is no number as TorchSharp writes it, of {LongestNumber} bytes at most", JsonPart.Again);

        private WeightFileException Cut(string what) =>
            file.Problem(file.Length, $"the file ends before {what}", "It is cut off, or no file of TorchSharp's: Module.save writes .dat, others .safetensors.");
    }
}
