namespace InitDsl.Tests;

/// <summary>Threads change the time, and nothing else.</summary>
public class ThreadTests
{
    private static readonly RuleSet Rules =
        All.Weight(Normal(0.5, 0.25)).Bias(Uniform(-1, 1))
        + Named("cut").Weight(TruncNormal(std: 0.02))
        + Named("square").Weight(Orthogonal())
        + Named("table").Weight(Normal());

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public void Any_number_of_threads_writes_the_same_values_and_finds_the_same_moments(int threads)
    {
        (TestModel one, Report expected) = Applied(1, int.MaxValue, anyThread: true);
        foreach ((int run, bool anyThread) in ((int, bool)[])[(int.MaxValue, true), (int.MaxValue, false), (100_001, true)])
        {
            (TestModel many, Report report) = Applied(threads, run, anyThread);
            Assert.All(one.Stores, store => Assert.Equal(((MemoryStore)store).Bytes, many[store.Spec.Path].Bytes));
            Assert.Equal(expected.Entries.Select(entry => entry.Path), report.Entries.Select(entry => entry.Path));
            if (run == int.MaxValue)
            {
                Assert.Equal(expected.Entries.Select(entry => entry.Found), report.Entries.Select(entry => entry.Found));
            }
        }
    }

    [Fact]
    public void Memory_that_several_parameters_share_is_taken_before_threads_start()
    {
        MemoryStore[] stores = [.. Enumerable.Range(0, 40).Select(i => TestModel.Tensor(new(50, 50), path: $"w{i}"))];
        foreach (MemoryStore store in stores)
        {
            (store.AnyThread, store.Deferred, store.Shared) = (true, true, store != stores[0]);
        }

        Plan plan = All.Weight(Normal()).Compile(new TestModel(stores));
        plan.Apply(4);
        Assert.Empty(stores[0].TakenOn);
        Assert.All(stores[1..], store => Assert.Equal([Environment.CurrentManagedThreadId], store.TakenOn));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(0, 0)]
    public void Matrices_without_elements_are_nothing_to_do(int rows, int columns)
    {
        foreach (Init init in (Init[])[Orthogonal(), Sparse(0.5), Eye])
        {
            foreach (DType dtype in (DType[])[DType.Float32, DType.Float64, DType.BFloat16])
            {
                Report report = All.Weight(init).Compile(new TestModel(TestModel.Tensor(new(rows, columns), dtype))).Apply(2);
                Assert.Equal(0, Assert.Single(report.Entries).Found.Count);
            }
        }
    }

    [Fact]
    public void Moments_found_while_writing_are_those_read_afterwards()
    {
        (TestModel model, Report report) = Applied(2, int.MaxValue, anyThread: true);
        Assert.All(report.Entries, entry =>
        {
            Moments read = Moments.Of(model[entry.Path]);
            Assert.Equal((read.Count, read.Min, read.Max), (entry.Found.Count, entry.Found.Min, entry.Found.Max));
            Assert.Equal(read.Mean, entry.Found.Mean, 1e-6 * read.Std);
            Assert.Equal(read.Std, entry.Found.Std, 1e-6 * read.Std);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Stores_that_do_not_allow_other_threads_are_written_on_the_callers(int threads)
    {
        (TestModel model, _) = Applied(threads, int.MaxValue, anyThread: false);
        Assert.All(model.Stores, store => Assert.Equal([Environment.CurrentManagedThreadId], ((MemoryStore)store).WrittenOn));
    }

    [Fact]
    public void One_thread_is_the_callers_and_so_are_small_models()
    {
        (TestModel model, _) = Applied(1, int.MaxValue, anyThread: true);
        Assert.All(model.Stores, store => Assert.Equal([Environment.CurrentManagedThreadId], ((MemoryStore)store).WrittenOn));
        var small = TestModel.Of(TestModel.Linear("a", 20, 30), TestModel.Linear("b", 30, 20));
        foreach (MemoryStore store in small.Stores.Cast<MemoryStore>())
        {
            store.AnyThread = true;
        }

        small.Initialize(Rules);
        Assert.All(small.Stores, store => Assert.Equal([Environment.CurrentManagedThreadId], ((MemoryStore)store).WrittenOn));
    }

    [Fact]
    public void Several_failures_come_together()
    {
        TestModel model = Model(int.MaxValue, anyThread: true);
        using var both = new Barrier(2);
        foreach (string path in (string[])["small0.weight", "small39.weight"])
        {
            // The second waits for the first, so that neither is stopped by the other's failure.
            model[path].Failure = new InvalidOperationException(path);
            model[path].BeforeFailing = () => both.SignalAndWait(TimeSpan.FromSeconds(20));
        }

        ApplyFailedException failed = Assert.Throws<ApplyFailedException>(() => Rules.Compile(model, seed: 1).Apply(8));
        AggregateException e = Assert.IsType<AggregateException>(failed.InnerException);
        Assert.Equal(["small0.weight", "small39.weight"], e.InnerExceptions.Select(inner => inner.Message).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_threads_at_all_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rules.Compile(Model(int.MaxValue, true)).Apply(0));

    private static (TestModel Model, Report Report) Applied(int threads, int run, bool anyThread)
    {
        TestModel model = Model(run, anyThread);
        return (model, Rules.Compile(model, seed: 42).Apply(threads));
    }

    private static TestModel Model(int run, bool anyThread)
    {
        TestModel model = TestModel.Of(
        [
            TestModel.Linear("big", 501, 401),
            TestModel.Linear("cut", 300, 400, bias: false),
            TestModel.Linear("square", 40, 40, bias: false),
            TestModel.Embedding("table", 3000, 50, padding: 1500),
            .. Enumerable.Range(0, 40).Select(i => TestModel.Linear($"small{i}", 50, 61)),
        ]);
        foreach (MemoryStore store in model.Stores.Cast<MemoryStore>())
        {
            store.RunLength = run;
            store.AnyThread = anyThread;
        }

        return model;
    }
}
