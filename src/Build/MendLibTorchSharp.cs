#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

// Compiled twice: by MSBuild as an inline task (LibTorchSharp.targets; .NET Standard 2.0), and into the tests,
// which know nothing of MSBuild.

/// <summary>The symbol versions that a 64-bit little-endian ELF library asks of others.</summary>
internal static class SymbolVersions
{
    private const uint SectionOfNeededVersions = 0x6ffffffe; // SHT_GNU_verneed, the section .gnu.version_r
    private const ushort Weak = 0x2;                         // VER_FLG_WEAK: the loader accepts that it is missing

    /// <summary>
    /// Marks a needed version as one that may be missing.
    /// </summary>
    /// <returns>Whether a byte changed: false where the version is not asked for or is optional already.</returns>
    /// <exception cref="InvalidDataException">The file is not such a library, or is cut short.</exception>
    public static bool MakeOptional(byte[] library, string version)
    {
        bool changed = false;
        foreach (int record in Needed(library, version))
        {
            ushort flags = UInt16(library, record + 4);
            if ((flags & Weak) != 0)
                continue;
            library[record + 4] = (byte)(flags | Weak);
            changed = true;
        }

        return changed;
    }

    /// <summary>Whether the library cannot be loaded without the version.</summary>
    public static bool Demands(byte[] library, string version)
    {
        foreach (int record in Needed(library, version))
        {
            if ((UInt16(library, record + 4) & Weak) == 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether the library names the version at all: for libstdc++, which needs none of its own, whether it provides it.</summary>
    public static bool Names(byte[] library, string version)
    {
        byte[] name = Encoding.ASCII.GetBytes("\0" + version + "\0");
        for (int at = 0; at <= library.Length - name.Length; at++)
        {
            int matched = 0;
            while (matched < name.Length && library[at + matched] == name[matched])
                matched++;
            if (matched == name.Length)
                return true;
        }

        return false;
    }

    /// <summary>The processor the library is for (e_machine).</summary>
    public static int Machine(byte[] library)
    {
        CheckHeader(library);
        return UInt16(library, 0x12);
    }

    /// <summary>Where the Vernaux records of this version lie.</summary>
    private static List<int> Needed(byte[] library, string version)
    {
        CheckHeader(library);
        var found = new List<int>();
        int sections = Offset(library, 0x28);
        int size = UInt16(library, 0x3a);
        int count = UInt16(library, 0x3c);
        for (int index = 0; index < count; index++)
        {
            int section = sections + index * size;
            Check(library, section, 64);
            if (UInt32(library, section + 4) != SectionOfNeededVersions)
                continue;

            int names = Offset(library, sections + Index(UInt32(library, section + 40), count) * size + 24);
            int file = Offset(library, section + 24);
            for (uint files = UInt32(library, section + 44); files > 0; files--)
            {
                int record = file + Distance(UInt32(library, file + 8));
                for (int records = UInt16(library, file + 2); records > 0; records--)
                {
                    if (IsNamed(library, names + Distance(UInt32(library, record + 8)), version))
                        found.Add(record);
                    record += Distance(UInt32(library, record + 12));
                }

                file += Distance(UInt32(library, file + 12));
            }
        }

        return found;
    }

    private static void CheckHeader(byte[] library)
    {
        if (library.Length < 64 || library[0] != 0x7f || library[1] != (byte)'E' || library[2] != (byte)'L' || library[3] != (byte)'F')
            throw new InvalidDataException("not an ELF file");
        if (library[4] != 2 || library[5] != 1)
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
    }

    private static bool IsNamed(byte[] library, int at, string name)
    {
        Check(library, at, name.Length + 1);
        for (int index = 0; index < name.Length; index++)
        {
            if (library[at + index] != name[index])
                return false;
        }

        return library[at + name.Length] == 0;
    }

    private static ushort UInt16(byte[] library, int at)
    {
        Check(library, at, 2);
        return (ushort)(library[at] | library[at + 1] << 8);
    }

    private static uint UInt32(byte[] library, int at) => UInt16(library, at) | (uint)UInt16(library, at + 2) << 16;

    private static int Offset(byte[] library, int at)
    {
        ulong offset = UInt32(library, at) | (ulong)UInt32(library, at + 4) << 32;
        return offset < (ulong)library.Length ? (int)offset : throw CutShort();
    }

    private static int Distance(uint distance) => distance <= 0x3fffffff ? (int)distance : throw CutShort();

    private static int Index(uint index, int count) => index < count ? (int)index : throw CutShort();

    private static void Check(byte[] library, int at, int length)
    {
        if (at < 0 || at > library.Length - length)
            throw CutShort();
    }

    private static InvalidDataException CutShort() => new InvalidDataException("the ELF file is cut short or damaged");
}

/// <summary>The C++ runtime that the loader would take for a program started here.</summary>
internal static class SystemLibrary
{
    private const string Name = "libstdc++.so.6";

    /// <summary>Whether this machine's C++ runtime for the given processor has the version. False where none is found.</summary>
    public static bool Provides(string version, int machine)
    {
        foreach (string folder in Folders())
        {
            string path = Path.Combine(folder, Name);
            if (!File.Exists(path))
                continue;
            byte[] library = File.ReadAllBytes(path);
            try
            {
                if (SymbolVersions.Machine(library) == machine)
                    return SymbolVersions.Names(library, version);
            }
            catch (InvalidDataException)
            {
                // A 32-bit library or a linker script: the loader would pass it by too.
            }
        }

        return false;
    }

    /// <summary>In the order of the loader: LD_LIBRARY_PATH, the folders of /etc/ld.so.conf, the built-in ones.</summary>
    private static IEnumerable<string> Folders()
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':'))
        {
            if (folder != "")
                yield return folder;
        }

        foreach (string folder in Configured("/etc/ld.so.conf", 0))
            yield return folder;

        foreach (string root in new[] { "/lib", "/usr/lib", "/usr/local/lib" })
        {
            yield return root + "/x86_64-linux-gnu";
            yield return root + "/aarch64-linux-gnu";
            yield return root + "64";
            yield return root;
        }
    }

    private static IEnumerable<string> Configured(string file, int depth)
    {
        if (depth > 4 || !File.Exists(file))
            yield break;
        foreach (string raw in File.ReadAllLines(file))
        {
            string line = raw.Split('#')[0].Trim();
            if (line.StartsWith("include ", StringComparison.Ordinal))
            {
                string pattern = Path.Combine(Path.GetDirectoryName(file)!, line.Substring(8).Trim());
                string folder = Path.GetDirectoryName(pattern)!;
                string[] included = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(pattern)) : Array.Empty<string>();
                Array.Sort(included, StringComparer.Ordinal);
                foreach (string other in included)
                {
                    foreach (string found in Configured(other, depth + 1))
                        yield return found;
                }
            }
            else if (line != "")
            {
                yield return line;
            }
        }
    }
}

#if !INITDSL_TESTS
/// <summary>Writes a copy of libLibTorchSharp.so that this machine can load; no copy where the original will do.</summary>
public sealed class MendLibTorchSharp : Microsoft.Build.Utilities.Task
{
    private const string Version = "GLIBCXX_3.4.32";

    [Microsoft.Build.Framework.Required] public string Library { get; set; } = "";
    [Microsoft.Build.Framework.Required] public string Mended { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Mended)!);
            byte[] library = File.ReadAllBytes(Library);
            if (SystemLibrary.Provides(Version, SymbolVersions.Machine(library)) || !SymbolVersions.MakeOptional(library, Version))
            {
                File.Delete(Mended);
                return true;
            }

            // As it is already: its time stays, and nothing is copied again.
            if (File.Exists(Mended) && Enumerable.SequenceEqual(File.ReadAllBytes(Mended), library))
                return true;

            // Written aside and moved: a build that is killed leaves no half library behind.
            string aside = Mended + ".new";
            File.WriteAllBytes(aside, library);
            File.Delete(Mended);
            File.Move(aside, Mended);
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Normal,
                "InitDsl: this machine's libstdc++ lacks {0}; the build uses a copy of libLibTorchSharp.so that does without", Version);
        }
        catch (InvalidDataException problem)
        {
            Log.LogError(null, "INITDSL002", null, Library, 0, 0, 0, 0, "libLibTorchSharp.so cannot be fitted to this machine's libstdc++: {0}.", problem.Message);
        }

        return !Log.HasLoggedErrors;
    }
}
#endif
