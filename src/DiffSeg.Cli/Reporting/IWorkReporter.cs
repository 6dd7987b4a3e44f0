namespace DiffSeg.Cli.Reporting;

/// <summary>A way to show work of several steps while it goes on.</summary>
internal interface IWorkReporter
{
    /// <summary>Shows work from its beginning to its end.</summary>
    /// <param name="work">The work; it tells the progress it is given.</param>
    /// <typeparam name="T">What comes out.</typeparam>
    /// <returns>What came out.</returns>
    Task<T> WatchAsync<T>(Func<IWorkProgress, Task<T>> work);
}

/// <summary>Is told how work goes on.</summary>
internal interface IWorkProgress
{
    /// <summary>A step begins; the one before is over.</summary>
    /// <param name="name">What is done: "Downloading unet/model.onnx".</param>
    /// <param name="unit">What it is measured in.</param>
    IWorkStep Begin(string name, WorkUnit unit);

    /// <summary>Something that a person would want to know.</summary>
    /// <param name="line">A line of plain text.</param>
    void Say(string line);
}

/// <summary>A step of the work.</summary>
internal interface IWorkStep
{
    /// <summary>So much is done.</summary>
    /// <param name="done">In the step's unit.</param>
    /// <param name="total">All of it; null when nobody knows.</param>
    void At(double done, double? total);

    /// <summary>All of it is done.</summary>
    void Complete();
}

/// <summary>What a step is measured in.</summary>
internal enum WorkUnit
{
    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A share of the whole.</summary>
    Share,
}
