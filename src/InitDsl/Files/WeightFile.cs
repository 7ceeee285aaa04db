using Microsoft.Win32.SafeHandles;

namespace InitDsl;

/// <summary>
/// A file of weights, which is open only while somebody holds a lease: plans outlive it, and the file can be replaced
/// between a compile and an apply. That it has not been is checked at every new lease.
/// </summary>
/// <remarks>
/// What is asked for is read from its place, and nothing else. A memory map would do the same, and end the process where
/// another program cuts the file off in the meantime; here that is an error.
/// </remarks>
internal sealed class WeightFile
{
    private readonly Lock opening = new();
    private readonly string advice;
    private (long Length, DateTime Written)? stamp;
    private SafeFileHandle? handle;
    private int leases;

    /// <param name="path">The full path.</param>
    /// <param name="advice">What to do where there is no such file, a full sentence.</param>
    internal WeightFile(string path, string advice)
    {
        Path = path;
        this.advice = advice;
    }

    /// <summary>The full path.</summary>
    internal string Path { get; }

    /// <summary>The file's name without its folder.</summary>
    internal string Name => System.IO.Path.GetFileName(Path);

    /// <summary>How many bytes it has; known from the first lease on.</summary>
    internal long Length => stamp?.Length ?? 0;

    /// <summary>Keeps the file open until the lease is disposed of.</summary>
    /// <exception cref="WeightFileException">It cannot be opened, or is not the file that it was at the first lease.</exception>
    internal IDisposable Lease()
    {
        lock (opening)
        {
            if (leases == 0)
            {
                Open();
            }

            leases++;
        }

        return new Held(this);
    }

    /// <summary>Copies bytes of the file.</summary>
    /// <param name="offset">The first of them.</param>
    /// <param name="destination">As many as are wanted, all of them within the file.</param>
    /// <exception cref="WeightFileException">They are not there any more, or cannot be read.</exception>
    internal void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length - destination.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "Not within the file.");
        }

        using IDisposable lease = Lease();
        for (int done = 0; done < destination.Length;)
        {
            int read = ReadSome(offset + done, destination[done..]);
            done += read > 0 ? read : throw Problem(
                offset + done, "the file has been cut off since it was opened", "Let nobody write to it while values are taken from it.");
        }
    }

    /// <summary>What is wrong with the file, for an exception.</summary>
    internal WeightFileException Problem(long? place, string what, string instead) => new(Path, place, what, instead);

    private int ReadSome(long offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(handle!, destination, offset);
        }
        catch (IOException failure)
        {
            throw Problem(offset, $"it cannot be read: {failure.Message.TrimEnd('.')}", JsonPart.Again);
        }
    }

    private void Open()
    {
        try
        {
            handle = Opened();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Problem(null, "there is no such file", advice);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Problem(null, $"it cannot be opened: {failure.Message.TrimEnd('.')}", "Make it a readable file.");
        }
    }

    private SafeFileHandle Opened()
    {
        if (Directory.Exists(Path))
        {
            throw Problem(null, "it is a folder", "Name the file in it, as model.safetensors or model.safetensors.index.json.");
        }

        // Pipes and devices have no length; opening them could wait for ever.
        FileSystemInfo target = File.ResolveLinkTarget(Path, returnFinalTarget: true) ?? new FileInfo(Path);
        if (((FileInfo)target).Length == 0)
        {
            throw Problem(0, "the file is empty", "Copy it again from where it came from. A pipe or a device is no file of weights.");
        }

        SafeFileHandle opened = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        (long Length, DateTime Written) now = (RandomAccess.GetLength(opened), File.GetLastWriteTimeUtc(opened));
        if (stamp is { } before && before != now)
        {
            opened.Dispose();
            throw Problem(null, "it has changed since the plan was compiled", "Compile a new plan.");
        }

        stamp = now;
        return opened;
    }

    private void Close()
    {
        handle!.Dispose();
        handle = null;
    }

    private sealed class Held(WeightFile file) : IDisposable
    {
        private bool given;

        public void Dispose()
        {
            lock (file.opening)
            {
                if (!given)
                {
                    given = true;
                    if (--file.leases == 0)
                    {
                        file.Close();
                    }
                }
            }
        }
    }
}
