using System.Buffers.Binary;
using System.Text;

namespace InitDsl.Tests.NativeLibrary;

/// <summary>The parser and the one flag it sets, on a small library made for the purpose.</summary>
public class SymbolVersionsTests
{
    private const string Wanted = "GLIBCXX_3.4.32";

    [Fact]
    public void The_version_becomes_optional_and_nothing_else_changes()
    {
        byte[] original = SmallLibrary("GLIBCXX_3.4.21", Wanted, "CXXABI_1.3");
        byte[] mended = [.. original];

        Assert.True(SymbolVersions.Demands(mended, Wanted));
        Assert.True(SymbolVersions.MakeOptional(mended, Wanted));

        Assert.False(SymbolVersions.Demands(mended, Wanted));
        Assert.True(SymbolVersions.Demands(mended, "GLIBCXX_3.4.21"));
        Assert.True(SymbolVersions.Demands(mended, "CXXABI_1.3"));
        int changed = Assert.Single(Enumerable.Range(0, original.Length), at => original[at] != mended[at]);
        Assert.Equal(original[changed] | 2, mended[changed]);
    }

    [Fact]
    public void A_second_time_changes_nothing()
    {
        byte[] library = SmallLibrary(Wanted);
        SymbolVersions.MakeOptional(library, Wanted);
        byte[] once = [.. library];

        Assert.False(SymbolVersions.MakeOptional(library, Wanted));
        Assert.Equal(once, library);
    }

    [Theory]
    [InlineData("GLIBCXX_3.4.3")]
    [InlineData("GLIBCXX_3.4.321")]
    [InlineData("glibcxx_3.4.32")]
    public void A_version_that_only_resembles_it_is_left_alone(string other)
    {
        byte[] library = SmallLibrary(other);
        byte[] before = [.. library];

        Assert.False(SymbolVersions.MakeOptional(library, Wanted));
        Assert.Equal(before, library);
    }

    [Fact]
    public void Every_library_that_is_asked_for_the_version_is_found()
    {
        byte[] library = SmallLibrary([Wanted, "GLIBC_2.17"], ["CXXABI_1.3", Wanted]);

        Assert.True(SymbolVersions.MakeOptional(library, Wanted));
        Assert.False(SymbolVersions.Demands(library, Wanted));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    public void A_file_too_short_for_a_header_is_no_library(int length)
    {
        var problem = Assert.Throws<InvalidDataException>(() => SymbolVersions.MakeOptional(SmallLibrary(Wanted)[..length], Wanted));
        Assert.Equal("not an ELF file", problem.Message);
    }

    [Theory]
    [InlineData(0, (byte)'M', "not an ELF file")]
    [InlineData(4, 1, "not a 64-bit little-endian ELF file")]
    [InlineData(5, 2, "not a 64-bit little-endian ELF file")]
    public void A_foreign_file_is_refused_by_name(int at, byte value, string message)
    {
        byte[] library = SmallLibrary(Wanted);
        library[at] = value;

        var problem = Assert.Throws<InvalidDataException>(() => SymbolVersions.MakeOptional(library, Wanted));
        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public void However_much_is_cut_off_the_answer_is_an_error_or_the_same_as_before()
    {
        byte[] library = SmallLibrary(Wanted);
        for (int length = 64; length < library.Length; length++)
        {
            byte[] part = library[..length];
            var problem = Assert.Throws<InvalidDataException>(() => SymbolVersions.MakeOptional(part, Wanted));
            Assert.Equal("the ELF file is cut short or damaged", problem.Message);
            Assert.Equal(library[..length], part);
        }
    }

    [FsCheck.Xunit.Property(MaxTest = 2000)]
    public void Damage_never_leads_outside_the_file(byte value, ushort where)
    {
        byte[] library = SmallLibrary("GLIBC_2.17", Wanted);
        library[where % library.Length] = value;
        try
        {
            SymbolVersions.MakeOptional(library, Wanted);
        }
        catch (InvalidDataException)
        {
            // Told, not crashed.
        }
    }

    [Fact]
    public void A_provided_version_is_recognised_whole()
    {
        Assert.True(SymbolVersions.Names(Encoding.ASCII.GetBytes("x\0GLIBCXX_3.4.32\0y"), Wanted));
        Assert.False(SymbolVersions.Names(Encoding.ASCII.GetBytes("x\0GLIBCXX_3.4.321\0y"), Wanted));
        Assert.False(SymbolVersions.Names(Encoding.ASCII.GetBytes("xGLIBCXX_3.4.32\0y"), Wanted));
    }

    private static byte[] SmallLibrary(params string[] versions) => SmallLibrary([versions]);

    /// <summary>An ELF header, the needed versions of each file, their names, and three section headers at the end.</summary>
    private static byte[] SmallLibrary(params string[][] files)
    {
        var strings = new List<byte> { 0 };
        var needed = new List<byte>();
        foreach (string[] versions in files)
        {
            bool last = ReferenceEquals(versions, files[^1]);
            AddUInt16(needed, 1);
            AddUInt16(needed, versions.Length);
            AddUInt32(needed, AddName("libsomething.so"));
            AddUInt32(needed, 16);
            AddUInt32(needed, last ? 0 : 16 + 16 * versions.Length);
            for (int index = 0; index < versions.Length; index++)
            {
                AddUInt32(needed, 0x1234567);
                AddUInt16(needed, 0);
                AddUInt16(needed, index + 2);
                AddUInt32(needed, AddName(versions[index]));
                AddUInt32(needed, index == versions.Length - 1 ? 0 : 16);
            }
        }

        const int header = 64;
        int stringsAt = header + needed.Count;
        int sectionsAt = stringsAt + strings.Count;
        byte[] library = new byte[sectionsAt + 3 * 64];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(library, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(0x12), 62);
        BinaryPrimitives.WriteUInt64LittleEndian(library.AsSpan(0x28), (ulong)sectionsAt);
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(0x3a), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(0x3c), 3);
        needed.CopyTo(library, header);
        strings.CopyTo(library, stringsAt);
        Section(1, 3, stringsAt, strings.Count, 0, 0);
        Section(2, 0x6ffffffe, header, needed.Count, 1, files.Length);
        return library;

        int AddName(string name)
        {
            int at = strings.Count;
            strings.AddRange(Encoding.ASCII.GetBytes(name));
            strings.Add(0);
            return at;
        }

        void Section(int index, uint type, int offset, int size, int link, int info)
        {
            Span<byte> section = library.AsSpan(sectionsAt + 64 * index);
            BinaryPrimitives.WriteUInt32LittleEndian(section[4..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(section[24..], (ulong)offset);
            BinaryPrimitives.WriteUInt64LittleEndian(section[32..], (ulong)size);
            BinaryPrimitives.WriteInt32LittleEndian(section[40..], link);
            BinaryPrimitives.WriteInt32LittleEndian(section[44..], info);
        }
    }

    private static void AddUInt16(List<byte> bytes, int value)
    {
        bytes.Add((byte)value);
        bytes.Add((byte)(value >> 8));
    }

    private static void AddUInt32(List<byte> bytes, int value)
    {
        AddUInt16(bytes, value & 0xffff);
        AddUInt16(bytes, value >> 16);
    }
}
