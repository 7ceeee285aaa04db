// The laws of whole matrices, against torch.nn.init. Loaded by bench.csx.

static class Matrices
{
    private static readonly (string Name, long[] Shape, Init Init, Action<Tensor> Torch)[] Cases =
    [
        ("orthogonal", [256, 256], Orthogonal(), t => init.orthogonal_(t)),
        ("orthogonal", [1024, 1024], Orthogonal(), t => init.orthogonal_(t)),
        ("orthogonal", [4096, 256], Orthogonal(), t => init.orthogonal_(t)),
        ("orthogonal", [256, 4096], Orthogonal(), t => init.orthogonal_(t)),
        ("sparse, 90% zeros", [4096, 1024], Sparse(0.9), t => init.sparse_(t, 0.9)),
        ("eye", [4096, 4096], Eye, t => init.eye_(t)),
        ("dirac", [512, 512, 3, 3], Dirac(), t => init.dirac_(t)),
    ];

    public static void Run(Scale scale, Answers answers)
    {
        Table.Title("Matrices, float32");
        Table.Head("law", "shape");
        foreach (var (name, full, how, torchs) in Cases)
        {
            long[] shape = full.Select(size => scale.Quick && size > 8 ? size / 8 : size).ToArray();
            using var model = new OneTensor(shape, ScalarType.Float32);
            Plan plan = All.Param("*", how).Compile(model, seed: 1);
            double[][] times = Measure.InTurns(scale.Rounds(5), 1, () => torchs(model.weight), () => plan.Apply());
            bool ours = plan.Verify().Passed;
            torchs(model.weight);
            bool theirs = name == "orthogonal" ? IsOrthonormal(model.weight) : plan.Verify().Passed;
            Table.Times(name, string.Join("×", shape), times[1], times[0], null, answers.Say(ours, theirs));
        }
    }

    // Verify() holds values to what our own factorization reaches; LAPACK's in float32 is some bits less exact, and right.
    private static bool IsOrthonormal(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        Tensor wide = matrix.to_type(ScalarType.Float64);
        Tensor products = matrix.size(0) <= matrix.size(1) ? wide.mm(wide.t()) : wide.t().mm(wide);
        return (products - eye(products.size(0), dtype: ScalarType.Float64)).abs().max().item<double>() < 1e-4;
    }
}
