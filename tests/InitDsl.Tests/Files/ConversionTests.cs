using static InitDsl.Tests.WeightFiles;

namespace InitDsl.Tests;

public sealed class ConversionTests : IDisposable
{
    private static readonly (string Name, Func<double[], Written> Write)[] Floating =
    [
        ("F64", values => Written.Of("w", "F64", values)),
        ("F32", values => Written.Of("w", "F32", [.. values.Select(value => (float)value)])),
        ("F16", values => Written.Of("w", "F16", [.. values.Select(value => (Half)value)])),
        ("BF16", values => Written.Of("w", "BF16", [.. values.Select(value => BFloat16Bits.Round((float)value))])),
    ];

    private readonly WeightFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, DType> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, DType>();
            foreach ((string name, _) in Floating)
            {
                foreach (DType dtype in new[] { DType.Float64, DType.Float32, DType.Float16, DType.BFloat16 })
                {
                    pairs.Add(name, dtype);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Floating_point_numbers_are_converted_with_one_rounding_and_it_is_told(string stored, DType dtype)
    {
        double[] numbers = [0, 1, -2.5, 1.0 / 3, -1e-3, 1 + Math.Pow(2, -30), 255.9];
        Written tensor = Floating.Single(type => type.Name == stored).Write(numbers);
        DType storedAs = FileType.OfSafetensors(stored)!.DType!.Value;
        double[] inFile = [.. numbers.Select(number => Precision.Round(storedAs, number))];
        double[] expected = [.. inFile.Select(number => Precision.Round(dtype, number))];

        (MemoryStore store, Plan plan) = Compiled(tensor, dtype);
        plan.Apply();
        Assert.Equal(expected, store.Doubles);
        Assert.True(plan.Verify().Passed);
        long rounded = inFile.Zip(expected).LongCount(pair => pair.First != pair.Second);
        var law = Assert.IsType<FileLaw>(plan.Steps[0].Law);
        Assert.Equal((storedAs, rounded), (law.Stored, law.Rounded));
        Assert.Equal(stored == FileTypeName(dtype) ? "w.safetensors[\"w\"]" : $"w.safetensors[\"w\"] {storedAs}", law.ToString());
        Assert.Equal(inFile.Max(), law.Max);
        if (rounded == 0)
        {
            Assert.Empty(plan.Diagnostics);
        }
        else
        {
            Diagnostic told = Assert.Single(plan.Diagnostics);
            Assert.Equal(("INIT204", Severity.Info), (told.Code, told.Severity));
            Assert.StartsWith($"{rounded} values of 1 parameter are rounded from the file's {storedAs} to {dtype}: w.", told.Message, StringComparison.Ordinal);
            Assert.Contains("INIT204", plan.Apply().ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int8)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Complex64)]
    public void Whole_numbers_are_converted_where_nothing_is_lost(DType dtype)
    {
        foreach (Written tensor in new[]
                 {
                     Written.Of("w", "I8", (sbyte)0, (sbyte)100), Written.Of("w", "U8", (byte)0, (byte)100), Written.Of("w", "I16", (short)0, (short)100),
                     Written.Of("w", "I32", 0, 100), Written.Of("w", "I64", 0L, 100L), Written.Of("w", "F32", 0f, 100f), Written.Of("w", "BF16", (ushort)0, BFloat16Bits.Round(100)),
                 })
        {
            (MemoryStore store, Plan plan) = Compiled(tensor, dtype);
            plan.Apply();
            Assert.Equal(dtype.IsComplex() ? [0, 0, 100, 0] : [0, 100], store.Doubles);
            Assert.Empty(plan.Diagnostics);
            Assert.True(plan.Verify().Passed);
        }
    }

    [Fact]
    public void What_would_be_lost_is_an_error()
    {
        void Refuse(string what, Written tensor, DType dtype)
        {
            MemoryStore store = TestModel.Tensor(new(tensor.Shape), dtype);
            var refused = Assert.Throws<InitException>(() => FromStateDict(Path(tensor)).Compile(new TestModel(store)));
            Diagnostic error = Assert.Single(refused.Diagnostics);
            Assert.Equal(("INIT001", "w"), (error.Code, error.Path));
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }

        Refuse("holds whole numbers that Float32 does not hold exactly", Written.Of("w", "I32", (1 << 24) + 1), DType.Float32);
        Refuse("holds whole numbers that Float64 does not hold exactly", Written.Of("w", "I64", (1L << 53) + 1), DType.Float64);
        Refuse("holds whole numbers that BFloat16 does not hold exactly", Written.Of("w", "I16", (short)257), DType.BFloat16);
        Refuse("leaves the range of Int8", Written.Of("w", "I16", (short)128), DType.Int8);
        Refuse("leaves the range of UInt8", Written.Of("w", "I8", (sbyte)-1), DType.UInt8);
        Refuse("leaves the range of Bool", Written.Of("w", "U8", (byte)2), DType.Bool);
        Refuse("does not give whole numbers", Written.Of("w", "F32", 0.5f), DType.Int32);
        Refuse("leaves the range of Float16", Written.Of("w", "F32", 70000f), DType.Float16);
        Refuse("leaves the range of Float32", Written.Of("w", "F64", 1e300), DType.Float32);
        Refuse("holds 1 value that is NaN or infinite, and this is a parameter, which cannot be trained from there.", Written.Of("w", "F32", float.PositiveInfinity), DType.Float32);
        Refuse("holds 2 values that are NaN or infinite", Written.Of("w", "F32", 1, float.NaN, float.NegativeInfinity), DType.Float64);
        Refuse("holds 1 value that is NaN or infinite", Written.Of("w", "F16", Half.NaN), DType.Float32);
        Refuse("holds 1 value that is NaN or infinite", Written.Of("w", "C64", 1f, float.NaN) with { Shape = [1] }, DType.Complex64);
        Refuse("is complex, and the parameter is Float32", Written.Of("w", "C64", 1f, 2f) with { Shape = [1] }, DType.Float32);
        Refuse("has the dtype F8_E4M3, which is not read", Written.Of("w", "F8_E4M3", (byte)1), DType.Float32);
        Refuse("has the dtype U32, which is not read", Written.Of("w", "U32", 1u), DType.Int64);
    }

    [Fact]
    public void Complex_numbers_come_with_both_parts_and_real_ones_with_zeros()
    {
        Written complex = Written.Of("w", "C64", 1f, 2f, 3f, 4f) with { Shape = [2] };
        (MemoryStore store, Plan plan) = Compiled(complex, DType.Complex128);
        plan.Apply();
        Assert.Equal([1, 2, 3, 4], store.Doubles);
        Assert.True(plan.Verify().Passed);
        Assert.Equal(2, plan.Steps[0].Law.Mean);

        (store, plan) = Compiled(Written.Of("w", "F32", 1f, 2f), DType.Complex64);
        plan.Apply();
        Assert.Equal([1, 0, 2, 0], store.Doubles);
        Assert.True(plan.Verify().Passed);
    }

    [Fact]
    public void Tensors_without_elements_and_scalars_are_taken()
    {
        (MemoryStore store, Plan plan) = Compiled(new("w", "F32", [0, 3], []), DType.Float32);
        plan.Apply();
        Assert.Empty(store.Floats);
        Assert.True(plan.Verify().Passed);

        (store, plan) = Compiled(Written.Floats("w", [], 5), DType.Float32);
        plan.Apply();
        Assert.Equal([5], store.Floats);
    }

    [Fact]
    public void The_law_of_a_tensor_has_the_moments_of_its_values_and_is_equal_by_them()
    {
        Law LawOf(Written tensor, DType dtype = DType.Float32) => Compiled(tensor, dtype).Plan.Steps[0].Law;
        var law = Assert.IsType<FileLaw>(LawOf(Written.Of("w", "F32", 1f, -2, 5, 6)));
        Assert.Equal((2.5, -2, 6, false, 1), (law.Mean, law.Min, law.Max, law.IsRandom, law.Components));
        Assert.Equal(Math.Sqrt((66 / 4.0) - 6.25), law.Std, 1e-12);
        Assert.Equal((-2.0, 6.0), law.Extremes);
        Assert.Equal("w.safetensors[\"w\"]", law.ToString());
        Assert.Equal("w.safetensors[\"w\"] Float32", LawOf(Written.Of("w", "F32", 1f, -2, 5, 6), DType.Float64).ToString());
        Assert.Equal(2, LawOf(Written.Of("w", "C64", 1f, 2f) with { Shape = [1] }, DType.Complex64).Components);
        Law empty = LawOf(new("w", "F32", [0, 3], []));
        Assert.Equal((0, 0, 0, 0), (empty.Mean, empty.Std, empty.Min, empty.Max));
        Assert.Equal((0.0, 0.0), Assert.IsType<FileLaw>(empty).Extremes);
        Assert.Equal((5.0, 5.0), Assert.IsType<FileLaw>(LawOf(Written.Of("w", "F32", 5f))).Extremes);
        Assert.Equal(-12, law.Scale(-2).Min);

        Assert.Equal(law, LawOf(Written.Of("w", "F32", 1f, -2, 5, 6)));
        Assert.Equal(law.GetHashCode(), LawOf(Written.Of("w", "F32", 1f, -2, 5, 6)).GetHashCode());
        Assert.NotEqual<Law>(law, LawOf(Written.Of("w", "F32", 1f, -2, 6, 5)));
        Assert.NotEqual<Law>(law, LawOf(Written.Of("w", "F32", 1f, -2, 5, 6) with { Shape = [2, 2] }));
        Assert.NotEqual<Law>(LawOf(Written.Of("w", "F16", (Half)1, (Half)2)), LawOf(Written.Of("w", "BF16", (Half)1, (Half)2)));
        Assert.False(law.Equals(null));
        Assert.NotEqual(law.Digest, LawOf(Written.Of("w", "F32", 1f, -2, 6, 5)).Digest);
    }

    private static string FileTypeName(DType dtype) => dtype switch
    {
        DType.Float64 => "F64",
        DType.Float32 => "F32",
        DType.Float16 => "F16",
        _ => "BF16",
    };

    private (MemoryStore Store, Plan Plan) Compiled(Written tensor, DType dtype)
    {
        MemoryStore store = TestModel.Tensor(new(tensor.Shape), dtype);
        return (store, FromStateDict(Path(tensor)).Compile(new TestModel(store)));
    }

    private string Path(Written tensor) => folder.Write("w.safetensors", Safetensors(tensor));
}
