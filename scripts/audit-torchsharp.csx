// Holds TorchSharp's own initialization against what its names promise: torch.nn.init, its generators, and the
// constructors of layers. The properties are those that InitLaws asks of anybody's code; nothing here knows what is wrong.

// What constructors leave in memory by chance is not asked twice.
var ofConstructors = new InitLawOptions
{
    Properties = InitProperties.Bounds | InitProperties.Moments | InitProperties.Distribution | InitProperties.Streams | InitProperties.Symmetry,
};

Section("torch.nn.init");
Fill("uniform_", t => init.uniform_(t, -1, 1), Uniform(-1, 1));
Fill("normal_", t => init.normal_(t, 0, 0.02), Normal(0, 0.02));
Fill("trunc_normal_", t => init.trunc_normal_(t, 0, 0.02, -0.04, 0.04), TruncNormal(0, 0.02, -0.04, 0.04));
Fill("xavier_uniform_", t => init.xavier_uniform_(t), XavierUniform);
Fill("xavier_normal_", t => init.xavier_normal_(t), XavierNormal);
Fill("kaiming_uniform_", t => init.kaiming_uniform_(t), KaimingUniform);
Fill("kaiming_normal_", t => init.kaiming_normal_(t), KaimingNormal);
Fill("orthogonal_", t => init.orthogonal_(t), Orthogonal());
Fill("sparse_", t => init.sparse_(t, 0.3), Sparse(0.3));

Section("with a generator");
Seeded("init.uniform_", (t, g) => init.uniform_(t, -1, 1, g), Uniform(-1, 1));
Seeded("init.normal_", (t, g) => init.normal_(t, 0, 0.02, g), Normal(0, 0.02));
Seeded("Tensor.uniform_", (t, g) => t.uniform_(-1, 1, g), Uniform(-1, 1));
Seeded("Tensor.normal_", (t, g) => t.normal_(0, 0.02, g), Normal(0, 0.02));

Section("constructors");
Constructor("Linear", () => Linear(40, 30));
Constructor("Conv2d", () => Conv2d(8, 16, 3));
Constructor("LSTM", () => LSTM(16, 24));
Constructor("LayerNorm", () => LayerNorm(64));
Constructor("GroupNorm", () => GroupNorm(8, 64));
Constructor("TransformerEncoder", () => TransformerEncoder(TransformerEncoderLayer(32, 4, 64), 2));

void Section(string name) => Console.WriteLine(name);

void Fill(string name, Action<Tensor> fill, Init promised) => Tell(name, InitLaws.ExamineFill(fill, promised));

void Seeded(string name, Action<Tensor, Generator> fill, Init promised) => Tell(name, InitLaws.ExamineSeededFill(fill, promised));

void Constructor<T>(string name, Func<T> make)
    where T : Module => Tell(name, InitLaws.ExamineConstructor(make, Presets.TorchDefault, ofConstructors));

// The first failure of each property, without its numbers.
void Tell(string name, InitLawReport report)
{
    string verdict = report.Passed
        ? "as promised"
        : report.Failures.DistinctBy(failure => failure.Property).Select(failure => $"{failure.Property}: {failure.Message.Split(": ")[0]}").First();
    string more = string.Join(", ", report.Failures.Select(failure => failure.Property).Distinct().Skip(1));
    Console.WriteLine($"  {name,-20} {verdict}{(more == "" ? "" : $"; {more}")}");
}
