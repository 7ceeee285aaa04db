using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace InitDsl.Tests;

/// <summary>A row of a reference file that PyTorch wrote (generate.py).</summary>
/// <param name="Cells">The cells by the names of their columns.</param>
internal sealed record ReferenceRow(IReadOnlyDictionary<string, string> Cells)
{
    internal string this[string column] => Cells[column];

    internal long[] Shape => [.. this["shape"].Split('x').Select(size => long.Parse(size, CultureInfo.InvariantCulture))];

    internal static IReadOnlyList<ReferenceRow> Read(string file)
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", file)).Select(line => line.Split('\t'))];
        return [.. lines.Skip(1).Select(line => new ReferenceRow(lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second)))];
    }

    /// <summary>Whether all bytes are PyTorch's.</summary>
    internal bool IsExactly(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes)) == this["sha256"];

    /// <summary>
    /// The largest difference from the values noted, in units of the dtype's last place at the tensor's largest
    /// value: what other processor instructions change lies near 1, another draw in the millions.
    /// </summary>
    internal double Distance(Tensor tensor)
    {
        double[] values = tensor.Doubles();
        double epsilon = tensor.dtype switch
        {
            ScalarType.Float64 => Math.ScaleB(1, -52),
            ScalarType.BFloat16 => Math.ScaleB(1, -7),
            _ => Math.ScaleB(1, -23),
        };
        double unit = epsilon * Math.Max(values.Max(Math.Abs), 1e-30);
        return this["values"].Split(' ').Max(noted =>
        {
            string[] parts = noted.Split(':');
            double expected = Decode(Convert.FromHexString(parts[1]), tensor.dtype);
            return Math.Abs(values[int.Parse(parts[0], CultureInfo.InvariantCulture)] - expected) / unit;
        });
    }

    private static double Decode(byte[] bytes, ScalarType type) => type switch
    {
        ScalarType.Float64 => MemoryMarshal.Read<double>(bytes),
        ScalarType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)MemoryMarshal.Read<ushort>(bytes) << 16),
        _ => MemoryMarshal.Read<float>(bytes),
    };
}
