using System.Buffers.Binary;
using System.Text.Json;

namespace InitDsl;

/// <summary>
/// The header of a safetensors file: 8 bytes with its length, JSON that says for each tensor dtype, shape and place, and then
/// the elements, which must fill the rest of the file without gaps. Nothing is believed before it is checked.
/// Source: https://github.com/huggingface/safetensors, "Format".
/// </summary>
internal static class SafetensorsFile
{
    private const int LengthBytes = 8;

    /// <exception cref="WeightFileException">The file is not what the format asks.</exception>
    internal static IReadOnlyList<FileTensor> Read(WeightFile file)
    {
        if (file.Length < LengthBytes)
        {
            throw file.Problem(
                file.Length,
                $"the file ends within the {LengthBytes} bytes that give the length of its header",
                JsonPart.Again);
        }

        Span<byte> count = stackalloc byte[LengthBytes];
        file.Read(0, count);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(count);
        ulong rest = (ulong)(file.Length - LengthBytes);
        if (length > rest)
        {
            throw file.Problem(
                0,
                $"the header is said to be {length} bytes long, and only {rest} bytes follow",
                "The file is cut off, or no safetensors file: TorchSharp's own files end in .dat.");
        }

        if (length > FileLimits.LongestText)
        {
            throw file.Problem(0, $"the header is said to be {length} bytes long, more than the {FileLimits.LongestText} that the format allows", JsonPart.Again);
        }

        byte[] header = new byte[length];
        file.Read(LengthBytes, header);
        List<FileTensor> tensors = Tensors(file, header, LengthBytes + (long)length);
        CheckCover(file, tensors, LengthBytes + (long)length);
        return tensors;
    }

    private static List<FileTensor> Tensors(WeightFile file, ReadOnlySpan<byte> header, long data)
    {
        var json = new JsonPart(file, LengthBytes, header);
        if (header.IsEmpty || header[0] != '{')
        {
            throw file.Problem(LengthBytes, "the header does not begin with {", JsonPart.Again);
        }

        var tensors = new List<FileTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.Expect(JsonTokenType.StartObject, "{");
        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            long place = json.Place;
            string name = TensorNames.Checked(file, place, json.Text());
            TensorNames.Add(names, name, file, place);
            if (name == "__metadata__")
            {
                CheckMetadata(ref json);
            }
            else
            {
                tensors.Add(Tensor(file, ref json, name, place, data));
            }
        }

        json.Read();
        return tensors;
    }

    /// <summary>The format keeps this for notes of the writer's, texts by name.</summary>
    private static void CheckMetadata(ref JsonPart json)
    {
        json.Expect(JsonTokenType.StartObject, "an object of texts for __metadata__");
        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            json.NextText("a text in __metadata__");
        }
    }

    private static FileTensor Tensor(WeightFile file, ref JsonPart json, string name, long place, long data)
    {
        string quoted = Code.Shown(name);
        json.Expect(JsonTokenType.StartObject, $"an object with dtype, shape and data_offsets for {quoted}");
        FileType? type = null;
        Shape? shape = null;
        List<long>? offsets = null;
        long offsetsPlace = place;
        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            string field = json.Text();
            long fieldPlace = json.Place;
            bool again = field switch { "dtype" => type is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false };
            if (again)
            {
                throw file.Problem(fieldPlace, $"{field} of {quoted} comes twice", JsonPart.Again);
            }

            switch (field)
            {
                case "dtype":
                    string written = json.NextText($"a text for dtype of {quoted}");
                    type = FileType.OfSafetensors(written)
                        ?? throw json.Problem($"the dtype {Code.Shown(written)} of {quoted} is unknown; safetensors has {FileType.SafetensorsNames}");
                    break;
                case "shape":
                    shape = FileLimits.ShapeOf(file, json.NextCounts($"shape of {quoted}"), fieldPlace, quoted);
                    break;
                case "data_offsets":
                    offsets = json.NextCounts($"data_offsets of {quoted}");
                    offsetsPlace = fieldPlace;
                    break;
                default:
                    json.SkipValue();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            throw file.Problem(place, $"{quoted} has no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}", JsonPart.Again);
        }

        if (offsets.Count != 2 || offsets[0] > offsets[1] || offsets[1] > file.Length - data)
        {
            throw file.Problem(
                offsetsPlace,
                $"data_offsets [{string.Join(", ", offsets.Take(3))}{(offsets.Count > 3 ? ", …" : "")}] of {quoted} are no part of the {file.Length - data} bytes of elements",
                JsonPart.Again);
        }

        long bytes = offsets[1] - offsets[0];
        if (type.BytesOf(shape.Elements) != bytes)
        {
            throw file.Problem(
                offsetsPlace,
                $"data_offsets of {quoted} span {bytes} bytes, and {shape} of {type.Name} takes {type.BytesOf(shape.Elements)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no whole number that can be counted"}",
                JsonPart.Again);
        }

        return new(file, name, type, shape, place, data + offsets[0], bytes);
    }

    /// <summary>One tensor after the other fills all that follows the header, as the format asks.</summary>
    private static void CheckCover(WeightFile file, List<FileTensor> tensors, long data)
    {
        long end = data;
        FileTensor? before = null;
        foreach (FileTensor tensor in tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.Bytes))
        {
            string name = Code.Shown(tensor.Name);
            if (tensor.Offset < end)
            {
                throw file.Problem(tensor.Place, $"the elements of {name} overlap those of {Code.Shown(before!.Name)}", JsonPart.Again);
            }

            if (tensor.Offset > end)
            {
                throw file.Problem(tensor.Place, $"{tensor.Offset - end} bytes before the elements of {name} belong to no tensor", JsonPart.Again);
            }

            end = tensor.Offset + tensor.Bytes;
            before = tensor;
        }

        if (end != file.Length)
        {
            throw file.Problem(end, $"the last {file.Length - end} bytes of the file belong to no tensor", JsonPart.Again);
        }
    }
}
