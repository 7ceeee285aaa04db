using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace InitDsl.Tests;

/// <summary>A folder for the weight files of one test.</summary>
internal sealed class WeightFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("initdsl-weights-").FullName;

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    internal string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A tensor to be written into a weight file.</summary>
internal sealed record Written(string Name, string DType, long[] Shape, byte[] Bytes)
{
    internal static Written Floats(string name, long[] shape, params float[] values) =>
        new(name, "F32", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    internal static Written Of<T>(string name, string dtype, params T[] values)
        where T : unmanaged =>
        new(name, dtype, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>1, 2, 3, … in a shape.</summary>
    internal static Written Counting(string name, params long[] shape) =>
        Floats(name, shape, [.. Enumerable.Range(1, (int)new Shape(shape).Elements).Select(i => (float)i)]);
}

/// <summary>Writes weight files byte by byte, without the library: right ones, and such as say something else than they hold.</summary>
internal static class WeightFiles
{
    private static readonly string[] TorchTypes =
        ["U8", "I8", "I16", "I32", "I64", "F16", "F32", "F64", "C32", "C64", "C128", "BOOL", "", "", "", "BF16"];

    internal static byte[] Safetensors(params Written[] tensors) => Safetensors(Header(tensors), [.. tensors.SelectMany(tensor => tensor.Bytes)]);

    internal static byte[] Safetensors(string header, params byte[] data) => Safetensors(Encoding.UTF8.GetBytes(header), data);

    internal static byte[] Safetensors(byte[] header, params byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }

    internal static string Header(params Written[] tensors)
    {
        var entries = new List<string>();
        long at = 0;
        foreach (Written tensor in tensors)
        {
            entries.Add(Entry(tensor.Name, tensor.DType, $"[{string.Join(',', tensor.Shape)}]", at, at + tensor.Bytes.Length));
            at += tensor.Bytes.Length;
        }

        return $"{{{string.Join(',', entries)}}}";
    }

    internal static string Entry(string name, string dtype, string shape, long begin, long end) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{name}\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":[{begin},{end}]}}");

    internal static string Index(params (string Name, string Shard)[] entries) =>
        $"{{\"metadata\":{{\"total_size\":1}},\"weight_map\":{{{string.Join(',', entries.Select(entry => $"\"{entry.Name}\":\"{entry.Shard}\""))}}}}}";

    internal static byte[] TorchSharp(params Written[] tensors)
    {
        var bytes = new List<byte>(Number(tensors.Length));
        foreach (Written tensor in tensors)
        {
            bytes.AddRange(TorchSharpHead(tensor.Name, Array.IndexOf(TorchTypes, tensor.DType), tensor.Shape));
            bytes.AddRange(tensor.Bytes);
        }

        return [.. bytes];
    }

    internal static byte[] TorchSharpHead(string name, long type, params long[] shape)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        return [.. Number(text.Length), .. text, .. Number(type), .. Number(shape.Length), .. shape.SelectMany(Number)];
    }

    /// <summary>Unsigned LEB128.</summary>
    internal static byte[] Number(long value)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((value & 0x7F) + (value > 0x7F ? 0x80 : 0)));
            value >>= 7;
        }
        while (value > 0);
        return [.. bytes];
    }
}
