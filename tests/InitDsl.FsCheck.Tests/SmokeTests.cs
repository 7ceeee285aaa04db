namespace InitDsl.Tests;

public class SmokeTests
{
    [Fact]
    public void Smoke()
    {
        foreach (Init init in (Init[])[Normal(0, 0.02), Kaiming, Zeros, Xavier, Orthogonal(), Sparse(0.3), Normal().Clamp(-1, 1), Chrono(20), TruncNormal()])
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            Console.WriteLine(InitLaws.Examine(init));
            Console.WriteLine(clock.Elapsed);
        }
        foreach ((Action<Tensor> f, Init i) in new (Action<Tensor>, Init)[] { (t => init.xavier_uniform_(t), Xavier), (t => init.xavier_normal_(t), XavierNormal), (t => init.kaiming_normal_(t), Kaiming.FanIn().Gain(1)), (t => init.trunc_normal_(t, 0, 0.02, -0.04, 0.04), TruncNormal(0, 0.02, -0.04, 0.04)) })
        {
            Console.WriteLine(InitLaws.ExamineFill(f, i));
        }
        Console.WriteLine(InitLaws.ExamineSeededFill((t, g) => init.normal_(t, 0, 1, g), Normal()));
        Console.WriteLine(InitLaws.ExamineSeededFill((t, g) => t.normal_(0, 1, g), Normal()));
        Console.WriteLine(InitLaws.ExamineConstructor(() => GroupNorm(2, 6), Presets.TorchDefault));
        Console.WriteLine(InitLaws.ExamineConstructor(() => TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2), Presets.TorchDefault));
        Console.WriteLine(InitLaws.ExamineModel(() => Sequential(("a", Linear(20, 30)), ("r", ReLU()), ("b", Linear(30, 10))), When<Linear>().Weight(Kaiming).Bias(Zeros), new InitLawOptions { Input = () => randn(8, 20) }));
        Console.WriteLine(InitLaws.Examine(Kaiming, new InitLawOptions { Activation = x => functional.relu(x), Properties = InitProperties.Variance }));
    }
}
