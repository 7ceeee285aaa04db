using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace InitDsl.Tests;

/// <summary>The bits of orthonormal matrices: the first 8 bytes of SHA-256 in float32 and float64, the same on every
/// processor and number of threads.</summary>
public class PinnedMatricesTests
{
    [Theory]
    [InlineData(1, 1, "C0E336A5F371EF22 8FE11E9A498703E4")]
    [InlineData(1, 7, "4C8E58365B9C26B2 D2B0777835156403")]
    [InlineData(65, 64, "C805E97242BCDBE9 443F4565C1B58774")]
    [InlineData(64, 65, "24882A3595F00D0C 36D8C10B55EA0F3F")]
    [InlineData(131, 131, "E78158C4A8E90FE7 5ABB378AF572E133")]
    [InlineData(70, 300, "6BFC5FFEE4C18604 F900B9E545A7A3BB")]
    [InlineData(300, 70, "BCAC3C4FAF2DFCA8 20959BFA31B217FA")]
    [InlineData(2, 17000, "F2375E03C155BA0D C4EB3082CDBE33E5")]
    public void Orthonormal_matrices_have_these_bits(int rows, int columns, string expected)
    {
        foreach (int threads in (int[])[1, 3])
        {
            Assert.Equal(expected, $"{Hash<float>(rows, columns, threads)} {Hash<double>(rows, columns, threads)}");
        }
    }

    private static string Hash<T>(int rows, int columns, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] matrix = new T[rows * columns];
        Orthonormal.Fill<T>(StreamKey.Of(42, "fc1.weight"), 3, matrix, rows, columns, 1.5, threads);
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(matrix.AsSpan())).AsSpan(0, 8));
    }
}
