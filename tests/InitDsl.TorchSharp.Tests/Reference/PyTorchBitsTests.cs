using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace InitDsl.Tests;

/// <summary>
/// <see cref="RandomSource.Torch(long)"/> gives PyTorch's values to the last bit, at every length and in every dtype for
/// which that is so. Both sides draw without AVX and FMA: with them the last bits are the processor's.
/// </summary>
public class PyTorchBitsTests
{
    private const string Capability = "ATEN_CPU_CAPABILITY";
    private const string Plain = "default";

    /// <summary>
    /// Fewer than 16 float64 values are drawn one by one with the C++ library's functions, whose last bit depends on the
    /// compiler: one such row differs from Debian's build. Of it each normal, before 0.5 is added, is asked for within one
    /// unit in the last place.
    /// </summary>
    private const string OneBitApart = "normal_(0.5, 2) Float64 [11]";

    [Fact]
    public async Task Every_bit_is_PyTorchs()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The reference was drawn on Linux x64; logarithms and cosines are the system's.");
        if (Environment.GetEnvironmentVariable(Capability) == Plain)
        {
            Compare();
        }
        else
        {
            // libtorch looks at the variable once, when it is loaded.
            await RunThisTestWithPlainInstructions();
        }
    }

    private static void Compare()
    {
        IReadOnlyList<ReferenceRow> rows = ReferenceRow.Read("torch-bits.tsv");
        Assert.True(rows.Count > 500, $"{rows.Count} rows");
        Assert.Single(rows, row => NameOf(row) == OneBitApart);
        Assert.Empty(rows.Where(row => NameOf(row) == OneBitApart ? !IsWithinOneUlp(row) : !IsExactly(row)).Select(NameOf));
    }

    private static string NameOf(ReferenceRow row) => $"{row["call"]} {row["dtype"]} [{row["shape"]}]";

    private static bool IsExactly(ReferenceRow row)
    {
        using Tensor tensor = Drawn(row);
        return row.IsExactly(tensor.Bytes());
    }

    /// <summary>The row notes a digest alone: it is that of some choice, for each normal, of itself, the next below and the next above.</summary>
    private static bool IsWithinOneUlp(ReferenceRow row)
    {
        using Tensor tensor = Drawn(row);
        double[] values = tensor.Doubles();
        bool Found(int decided)
        {
            if (decided == values.Length)
            {
                return row.IsExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            }

            double own = values[decided];
            double normal = own - 0.5;
            bool found = Array.Exists([own, Math.BitDecrement(normal) + 0.5, Math.BitIncrement(normal) + 0.5], near =>
            {
                values[decided] = near;
                return Found(decided + 1);
            });
            values[decided] = own;
            return found;
        }

        return Found(0);
    }

    private static Tensor Drawn(ReferenceRow row)
    {
        Tensor tensor = empty(row.Shape, dtype: Enum.Parse<ScalarType>(row["dtype"]));
        tensor.Initialize(
            ReferenceCalls.All[row["call"]], RandomSource.Torch(long.Parse(row["seed"], CultureInfo.InvariantCulture)));
        return tensor;
    }

    private static async Task RunThisTestWithPlainInstructions()
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "exec", typeof(PyTorchBitsTests).Assembly.Location, "-noColor",
                "-method", $"{typeof(PyTorchBitsTests).FullName}.{nameof(Every_bit_is_PyTorchs)}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The protocol of the runner that started this process is not for its children.
        foreach (string own in start.Environment.Keys.Where(IsRunners).ToArray())
        {
            start.Environment.Remove(own);
        }

        start.Environment[Capability] = Plain;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{output}\n{await errors}");
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }

    private static bool IsRunners(string name) =>
        name.StartsWith("TESTINGPLATFORM_", StringComparison.Ordinal) || name.StartsWith("XUNIT", StringComparison.Ordinal);
}
