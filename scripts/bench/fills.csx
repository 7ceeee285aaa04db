// One tensor by each law: ours, TorchSharp's own call, and fill_, the most that memory allows. All write the same warm
// memory; fresh memory would measure the system's page faults. Loaded by bench.csx.

static class Fills
{
    private static readonly ScalarType[] Types =
        [ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16, ScalarType.ComplexFloat32];

    // Complex numbers have no uniform and no truncated law.
    private static readonly (string Name, Init Init, Action<Tensor> Torch, double Mean, double Std, bool Complex)[] Laws =
    [
        ("uniform(-1, 1)", Uniform(-1, 1), t => t.uniform_(-1, 1), 0, Math.Sqrt(1 / 3.0), false),
        ("normal", Normal(), t => t.normal_(), 0, 1, true),
        ("truncated at 2 sigma", TruncNormal(), t => init.trunc_normal_(t), 0, 0.8796, false),
        ("constant", Const(0.5), t => t.fill_(0.5), 0.5, 0, true),
    ];

    public static void Run(Scale scale, Answers answers)
    {
        long elements = scale.Size(1 << 24);
        Table.Title($"{elements:N0} elements");
        Table.Head("law", "dtype", "of fill_");
        foreach (var law in Laws)
        {
            foreach (ScalarType type in Types.Where(type => law.Complex || type != ScalarType.ComplexFloat32))
            {
                using var model = new OneTensor([elements / 1024, 1024], type);
                Tensor tensor = model.weight;
                Plan plan = All.Param("*", law.Init).Compile(model, seed: 1);
                bool theirs = false;
                double[][] times = Measure.InTurns(
                    scale.Rounds(9), 2, () => law.Torch(tensor), () => tensor.fill_(1), () => plan.Apply());
                bool ours = plan.Verify().Passed && Follows(tensor, law.Mean, law.Std);
                law.Torch(tensor);
                theirs = Follows(tensor, law.Mean, law.Std);
                Table.Times(law.Name, $"{type}", times[2], times[0], times[1], answers.Say(ours, theirs));
            }
        }
    }

    // Mean and standard deviation, within what so many numbers must keep to: seven standard errors, and the rounding
    // of the narrow types. torch's bfloat16 normals end at 3.3 sigma, which their deviation shows.
    private static bool Follows(Tensor tensor, double mean, double std)
    {
        using var scope = NewDisposeScope();
        Tensor values = tensor.is_complex() ? tensor : tensor.to_type(ScalarType.Float64);
        double error = (7 / Math.Sqrt(tensor.NumberOfElements)) + (tensor.ElementSize == 2 ? 1e-3 : 0);
        if (tensor.is_complex())
        {
            // In complex arithmetic the deviation is that of both parts together.
            values = view_as_real(tensor).to_type(ScalarType.Float64);
            Tensor real = values.select(-1, 0);
            Tensor imaginary = values.select(-1, 1);
            double spread = Math.Sqrt(real.var().item<double>() + imaginary.var().item<double>());
            return Math.Abs(real.mean().item<double>() - mean) < error && Math.Abs(imaginary.mean().item<double>()) < error
                && Math.Abs(spread - std) < error;
        }

        return Math.Abs(values.mean().item<double>() - mean) < error && Math.Abs(values.std().item<double>() - std) < error;
    }
}
