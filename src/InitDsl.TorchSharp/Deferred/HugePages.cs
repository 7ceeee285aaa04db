using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Asks Linux for pages of 2 MiB. Memory that nobody has touched costs a page fault a page when it is first written,
/// and with pages of 4 KiB the faults take longer than drawing the values.
/// </summary>
internal static partial class HugePages
{
    private const long Page = 2 << 20;
    private const int AdviseHugePages = 14;

    /// <summary>Advice only: where it is not taken, the memory is as it would have been.</summary>
    internal static void Advise(Tensor fresh)
    {
        long bytes = fresh.NumberOfElements * fresh.ElementSize;
        if (bytes < 2 * Page || fresh.device_type != DeviceType.CPU || !OperatingSystem.IsLinux())
        {
            return;
        }

        // Whole pages inside the tensor: its neighbours in memory are not ours to ask for.
        long begin = (TensorMemory.Pointer(fresh) + Page - 1) / Page * Page;
        long end = (TensorMemory.Pointer(fresh) + (nint)bytes) / Page * Page;
        _ = Advise((nint)begin, (nint)(end - begin), AdviseHugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nint length, int advice);
}
