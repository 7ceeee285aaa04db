namespace InitDsl.Benchmarks;

/// <summary>One large parameter, filled by a plan on all processors and by TorchSharp's own operation.</summary>
[HideColumns("Job", "Error", "RatioSD")]
public class FillBenchmarks
{
    private const long Elements = 1 << 24;
    private Parameter weight = null!;
    private Plan plan = null!;

    public enum Kind
    {
        Uniform,
        Normal,
        TruncatedNormal,
        Constant,
    }

    [ParamsAllValues]
    public Kind Law { get; set; }

    [Params(ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16)]
    public ScalarType Type { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        weight = new Parameter(empty(Elements / 1024, 1024, dtype: Type), requires_grad: false);
        var model = Linear(weight, null);
        Init init = Law switch
        {
            Kind.Uniform => Uniform(-1, 1),
            Kind.Normal => Normal(),
            Kind.TruncatedNormal => TruncNormal(0, 1, -2, 2),
            _ => Const(0.5),
        };
        plan = All.Weight(init).Compile(model, seed: 1);
        plan.Apply();
        Right.Check(plan);
    }

    [GlobalCleanup]
    public void Free() => weight.Dispose();

    [Benchmark(Baseline = true)]
    public Tensor TorchSharp() => Law switch
    {
        Kind.Uniform => weight.uniform_(-1, 1),
        Kind.Normal => weight.normal_(),

        // Not trunc_normal_ as it is, which fills with a constant: what it does is this, then scaling and shifting.
        Kind.TruncatedNormal => weight.uniform_(-0.9545, 0.9545).erfinv_().mul_(Math.Sqrt(2)).clamp_(-2, 2),
        _ => weight.fill_(0.5),
    };

    [Benchmark]
    public Report InitDsl() => plan.Apply();
}
