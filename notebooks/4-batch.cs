#:project ../src/DiffSeg.MLNet/DiffSeg.MLNet.csproj

// Notebook 4 as a program: "dotnet run notebooks/4-batch.cs" writes 4-batch.html, a page with the same pictures.
// README.md in this folder says how to run it outside of the repository.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using DiffSeg.Batches;
using DiffSeg.Display;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;

var page = new HtmlPage("4 · Many photos: batch scoring");

page.Paragraph("""
    A folder with photos is a table with one row for each. ML.NET reads it row by row and forgets each row after it, so that
    a folder of a million photos needs no more memory than one of six.
    """);

string samples = new[] { "models/samples", "../models/samples" }.FirstOrDefault(Directory.Exists)
    ?? throw new DirectoryNotFoundException(
        "There is no folder models/samples here. Run this in the repository, or name a folder with photos of your own.");

var ml = new MLContext();
AttentionModel model = AttentionModel.Demo; // or AttentionModel.Load("your-model.onnx")
IDataView photos = ml.Data.LoadFromEnumerable(ImageSource.FromFolder(samples));
var options = new DiffSegMaskOptions { Size = MaskSize.Original, MinRegionShare = 0.002 };

long start = Stopwatch.GetTimestamp();
IDataView masks = ml.Transforms.DiffSeg("Mask", "ImagePath", model, options).Fit(photos).Transform(photos);
page.Code($"Transform came back after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: no photo has been looked at.");

page.Heading("Reading is working");
page.Paragraph("""
    The photos are segmented as the rows are read, here one after the other: while the mask of one photo is made, the next
    one is loaded and goes through the model. Each mask is written as a picture whose pixel values are the labels, and all of
    them as one file in COCO's format, which labelling tools read.
    """);

string output = Directory.CreateTempSubdirectory("diffseg-").FullName;
using (FileStream coco = File.Create(Path.Combine(output, "masks.json")))
{
    using var writer = new CocoWriter(coco, "Segments of the sample photos");
    foreach (SegmentedImage row in ml.Data.CreateEnumerable<SegmentedImage>(masks, reuseRowObject: true))
    {
        string name = Path.GetFileNameWithoutExtension(row.ImagePath);
        using FileStream png = File.Create(Path.Combine(output, name + ".png"));
        LabelPng.Write(png, row.Mask, row.MaskHeight, row.MaskWidth);
        writer.Add(Path.GetFileName(row.ImagePath), row.Mask, row.MaskHeight, row.MaskWidth);
        page.Code($"{name,-22} {row.MaskWidth,4} x {row.MaskHeight,3} {row.Segments().Count,4} segments");
    }

    writer.Complete();
}

page.Heading("All at a glance");
page.Paragraph("A gallery takes the table itself, and shows the first rows of it.");
page.Add(ml.Segmentation().Gallery(masks));

page.Heading("When a photo is broken");
page.Paragraph("""
    A file that is no photo must not go unnoticed: reading stops at it, with an exception that names the row and the file.
    """);

string broken = Path.Combine(output, "broken.jpg");
File.WriteAllText(broken, "This is no photo.");
IDataView some = ml.Data.LoadFromEnumerable(ImageSource.FromFiles(Path.Combine(samples, "chelsea.png"), broken));
try
{
    int done = ml.Transforms.DiffSeg("Mask", "ImagePath", model, options).Fit(some).Transform(some).Preview().RowView.Length;
}
catch (SegmentationException exception)
{
    page.Code($"row {exception.Row}, file {Path.GetFileName(exception.ImagePath)}");
}

page.Heading("A night of work");
page.Paragraph("""
    With a status column nothing stops: a photo that cannot be segmented has an empty mask, and the column says why.
    `SaveBatch` writes such a table in chunks, each whole or not at all. Killed and started again, it does only what is missing.
    """);

var night = new DiffSegMaskOptions { Size = MaskSize.Original, MinRegionShare = 0.002, Columns = MaskColumns.Size | MaskColumns.Status };
IDataView told = ml.Transforms.DiffSeg("Mask", "ImagePath", model, night).Fit(some).Transform(some);
BatchStatistics saved = ml.Segmentation().SaveBatch(told, Path.Combine(output, "batch"));
page.Code($"{saved.Succeeded} mask, {saved.Failed} photo failed");
foreach (BatchRow row in BatchFolder.OpenExisting(Path.Combine(output, "batch")).Rows(0))
{
    page.Code($"{Path.GetFileName(row.Image)}: {row.Failure ?? $"{row.Segments} segments"}");
}

page.Paragraph("What takes such a table knows of its status: a gallery shows the reason, and an evaluation counts the row as failed.");
page.Add(ml.Segmentation().Gallery(told));

string target = args is [string given] ? given : "4-batch.html";
page.Save(target);
Console.WriteLine($"Open {Path.GetFullPath(target)} in a browser.");
