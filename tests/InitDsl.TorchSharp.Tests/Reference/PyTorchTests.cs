using System.Globalization;

namespace InitDsl.Tests;

/// <summary>
/// <see cref="RandomSource.Torch(long)"/> against what PyTorch 1.13 itself drew (Reference/generate.py). The last bits of both
/// depend on the processor: <c>uniform_</c> contracts its multiplication and addition where there is FMA, and <c>normal_</c>
/// of 16 elements and more has its own logarithm and cosine for AVX2. Hence the tolerances, in units of the last place.
/// </summary>
public class PyTorchTests
{
    private const double LastPlaces = 8;

    private static readonly Dictionary<string, Func<nn.Module>> Modules = new()
    {
        ["Linear(20, 30)"] = () => Linear(20, 30),
        ["Conv1d(4, 6, 5)"] = () => Conv1d(4, 6, 5),
        ["Conv2d(8, 12, 3, groups 4)"] = () => Conv2d(8, 12, 3, groups: 4),
        ["ConvTranspose2d(8, 12, 3, stride 2, groups 4)"] = () => ConvTranspose2d(8, 12, 3, stride: 2, groups: 4),
        ["Bilinear(5, 6, 7)"] = () => Bilinear(5, 6, 7),
        ["Embedding(50, 8, padding 3)"] = () => Embedding(50, 8, padding_idx: 3),
        ["LSTM(5, 6, 2, bidirectional)"] = () => LSTM(5, 6, 2, bidirectional: true),
        ["GRUCell(5, 6)"] = () => GRUCell(5, 6),
    };

    public static TheoryData<string> CallNames => [.. ReferenceCalls.All.Keys];

    public static TheoryData<string> ModuleNames => [.. Modules.Keys];

    [Theory]
    [MemberData(nameof(CallNames))]
    public void An_initializer_draws_what_PyTorchs_function_draws(string call)
    {
        ReferenceRow[] rows = [.. ReferenceRow.Read("torch-init.tsv").Where(row => row["call"] == call)];
        Assert.NotEmpty(rows);
        foreach (ReferenceRow row in rows)
        {
            using Tensor tensor = empty(row.Shape, dtype: Enum.Parse<ScalarType>(row["dtype"]));
            tensor.Initialize(ReferenceCalls.All[call], RandomSource.Torch(long.Parse(row["seed"], CultureInfo.InvariantCulture)));
            string place = $"{call} {row["dtype"]} [{row["shape"]}]";
            if (call is "uniform_(-0.3, 0.7)" or "eye_" or "dirac_")
            {
                // The range is 1, so that there is no product to round: the same bits everywhere.
                Assert.True(row.IsExactly(tensor.Bytes()), place);
            }
            else
            {
                double distance = row.Distance(tensor);
                Assert.True(distance <= Tolerance(call, tensor), $"{place}: {distance} units in the last place");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModuleNames))]
    public void TorchDefault_draws_what_PyTorchs_constructor_draws(string name)
    {
        using nn.Module module = Modules[name]();
        module.Initialize(All.Param("*", TorchDefault), RandomSource.Torch(7));
        ReferenceRow[] rows = [.. ReferenceRow.Read("torch-modules.tsv").Where(row => row["module"] == name)];
        Assert.Equal(module.named_parameters().Select(parameter => parameter.name), rows.Select(row => row["parameter"]));
        foreach (ReferenceRow row in rows)
        {
            using Tensor values = module.get_parameter(row["parameter"])!.detach();
            Assert.Equal(row.Shape, values.shape);
            Assert.InRange(row.Distance(values), 0, LastPlaces);
        }
    }

    [Fact]
    public void A_model_is_one_sequence_of_draws()
    {
        using Sequential model = Sequential(Linear(7, 40), Conv2d(4, 6, 3), Linear(40, 3));
        model.Initialize(All.Weight(Kaiming).Bias(Uniform(-0.1, 0.1)), RandomSource.Torch(42));
        ReferenceRow[] rows = [.. ReferenceRow.Read("torch-modules.tsv").Where(row => row["module"] == "three layers")];
        Assert.Equal(6, rows.Length);
        Assert.All(rows, row => Assert.InRange(row.Distance(model.get_parameter(row["parameter"])!), 0, LastPlaces));
    }

    /// <summary>QR decompositions differ by more: LAPACK libraries order their sums differently.</summary>
    private static double Tolerance(string call, Tensor tensor) =>
        call.StartsWith("orthogonal_", StringComparison.Ordinal) ? 1000 : LastPlaces;
}
