using System.IO.MemoryMappedFiles;

namespace InitDsl;

/// <summary>
/// A file that is read through a memory map, which is there only while somebody holds a lease: plans outlive it, and the
/// file can be replaced between a compile and an apply. That it has not been is checked at every new lease.
/// </summary>
internal sealed class MappedFile
{
    private readonly Lock opening = new();
    private (long Length, DateTime Written)? stamp;
    private int leases;

    /// <summary>What must be closed again, last opened first.</summary>
    private readonly Stack<IDisposable> open = [];
    private nint first;

    internal MappedFile(string path) => Path = path;

    /// <summary>The full path.</summary>
    internal string Path { get; }

    /// <summary>The file's name without its folder.</summary>
    internal string Name => System.IO.Path.GetFileName(Path);

    /// <summary>How many bytes it has; known from the first lease on.</summary>
    internal long Length => stamp?.Length ?? 0;

    /// <summary>Maps the file until the lease is disposed of.</summary>
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
    internal void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length - destination.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "Not within the file.");
        }

        using IDisposable lease = Lease();
        unsafe
        {
            new ReadOnlySpan<byte>((byte*)first + offset, destination.Length).CopyTo(destination);
        }
    }

    /// <summary>What is wrong with the file, for an exception.</summary>
    internal WeightFileException Problem(long? place, string what, string instead) => new(Path, place, what, instead);

    private void Open()
    {
        bool opened = false;
        try
        {
            Map();
            opened = true;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Problem(null, "there is no such file", $"Relative paths begin at the current directory, {Environment.CurrentDirectory}.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Problem(null, $"it cannot be opened: {failure.Message.TrimEnd('.')}", "Make it a readable file.");
        }
        finally
        {
            if (!opened)
            {
                Close();
            }
        }
    }

    private void Map()
    {
        if (Directory.Exists(Path))
        {
            throw Problem(null, "it is a folder", "Name the file in it, as model.safetensors or model.safetensors.index.json.");
        }

        var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        open.Push(stream);
        (long Length, DateTime Written) now = (stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        if (stamp is { } before && before != now)
        {
            throw Problem(null, "it has changed since the plan was compiled", "Compile a new plan.");
        }

        if (now.Length == 0)
        {
            throw Problem(0, "the file is empty", "Copy it again from where it came from.");
        }

        var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        open.Push(map);
        MemoryMappedViewAccessor view = map.CreateViewAccessor(0, now.Length, MemoryMappedFileAccess.Read);
        open.Push(view);
        unsafe
        {
            byte* pointer = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            open.Push(new Pointer(view));
            first = (nint)(pointer + view.PointerOffset);
        }

        stamp = now;
    }

    private void Close()
    {
        first = 0;
        while (open.TryPop(out IDisposable? last))
        {
            last.Dispose();
        }
    }

    /// <summary>The address of a view, which must be given back.</summary>
    private sealed class Pointer(MemoryMappedViewAccessor view) : IDisposable
    {
        public void Dispose() => view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    private sealed class Held(MappedFile file) : IDisposable
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
