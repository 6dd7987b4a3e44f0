using System.Reflection;
using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Masks;
using DiffSeg.Pictures;

namespace DiffSeg.MLNet.Tests.Status;

/// <summary>Whose fault an exception is, and what it says in one line without a path.</summary>
public class RowFailureTests
{
    private const string Denied = "may not be read: permission is denied";

    public static TheoryData<Exception, string> OfRows { get; } = new()
    {
        { new FileNotFoundException("Could not find file '/data/a.jpg'.", "/data/a.jpg"), "is not there" },
        { new DirectoryNotFoundException("Could not find a part of the path '/data/a.jpg'."), "is not there" },
        { new UnauthorizedAccessException("Access to the path '/data/a.jpg' is denied."), Denied },
        { new PathTooLongException("The path '/data/a.jpg' is too long."), "has a path that is too long" },
        { new ArgumentException("Invalid input stream contents"), "cannot be decoded: it is damaged, or of a kind that ML.NET does not read" },
        { new ArgumentException("Value is out of range"), "Value is out of range" },
        { new FormatException("a\r\nb\n"), "a b" },
        { new EndOfStreamException("ends early"), "ends early" },
        { new InvalidOperationException("Object is disposed."), "Object is disposed." },
    };

    public static TheoryData<Exception> OfTheMachine { get; } =
    [
        new IOException("Input/output error"), new OutOfMemoryException(), new InsufficientMemoryException(),
        new DllNotFoundException("libSkiaSharp"), new EntryPointNotFoundException(), new BadImageFormatException(),
        new TypeInitializationException("SkiaSharp.SKAbstractManagedStream", new FormatException()),
        new ObjectDisposedException("model"),
        new FileNotFoundException("Could not load file or assembly", "SkiaSharp, Version=3.0.0.0, Culture=neutral"),
    ];

    [Theory]
    [MemberData(nameof(OfRows))]
    public void Rows_own_faults(Exception problem, string reason)
    {
        foreach (Exception thrown in Wrapped(problem))
        {
            Assert.Equal((SegmentationFault.Row, reason), (RowFailure.FaultOf(thrown), SegmentationException.ReasonOf(thrown)));
        }
    }

    [Theory]
    [MemberData(nameof(OfTheMachine))]
    public void Faults_of_the_machine(Exception problem)
    {
        foreach (Exception thrown in Wrapped(problem))
        {
            Assert.Equal(SegmentationFault.Machine, RowFailure.FaultOf(thrown));
            Assert.Equal(SegmentationException.ReasonOf(problem), SegmentationException.ReasonOf(thrown));
        }
    }

    [Fact]
    public void One_fault_of_the_machine_among_several_is_enough()
    {
        var several = new AggregateException(new FormatException("a"), new OutOfMemoryException());
        Assert.Equal(SegmentationFault.Machine, RowFailure.FaultOf(several));
        Assert.Equal(SegmentationFault.Row, RowFailure.FaultOf(new AggregateException(new FormatException("a"), new FormatException("b"))));
        Assert.NotEqual("a", SegmentationException.ReasonOf(several));
    }

    [Fact]
    public void A_file_that_the_machine_cannot_read_is_an_IOException_that_names_it()
    {
        IOException unreadable = PictureFileException.Of(new(PictureFault.Unreadable, "cannot be read: Input/output error"), "a.jpg");
        IOException cut = PictureFileException.Of(new(PictureFault.CutOff, "is cut off"), "a.jpg");

        Assert.Equal("the file 'a.jpg' cannot be read: Input/output error", unreadable.Message);
        Assert.Equal(
            (SegmentationFault.Machine, "cannot be read: Input/output error"), (RowFailure.FaultOf(unreadable), RowFailure.ReasonOf(unreadable)));
        Assert.Equal((SegmentationFault.Row, "is cut off"), (RowFailure.FaultOf(cut), RowFailure.ReasonOf(cut)));
        Assert.Equal("Row 3 ('a.jpg') could not be segmented: the file is cut off", SegmentationException.Of(3, "a.jpg", cut).Message);
    }

    [Fact]
    public void Lack_of_memory_says_what_helps()
        => Assert.Contains("model's size", SegmentationException.ReasonOf(new OutOfMemoryException()));

    [Fact]
    public void Exception_keeps_both_and_names_the_row()
    {
        SegmentationException thrown = SegmentationException.Of(3, "a.jpg", new FileNotFoundException("Could not find file '/data/a.jpg'."));

        Assert.Equal("Row 3 ('a.jpg') could not be segmented: Could not find file '/data/a.jpg'.", thrown.Message);
        Assert.Equal(("is not there", SegmentationFault.Row), (thrown.Reason, thrown.Fault));
        SegmentationException again = SegmentationException.Of(null, null, thrown);
        Assert.Equal(("is not there", SegmentationFault.Row), (again.Reason, again.Fault));
    }

    // As it comes from ML.NET's threads and from reflection.
    private static Exception[] Wrapped(Exception problem) =>
    [
        problem,
        new TargetInvocationException(problem),
        new AggregateException(problem),
        new InvalidOperationException("Splitter/consolidator worker encountered exception while consuming source data", problem),
        SegmentationException.Of(1, "a.jpg", problem),
    ];
}
