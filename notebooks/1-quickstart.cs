#:project ../src/DiffSeg.MLNet/DiffSeg.MLNet.csproj

// Notebook 1 as a program: "dotnet run notebooks/1-quickstart.cs" writes 1-quickstart.html, a page with the same pictures.
// README.md in this folder says how to run it outside of the repository.
using System;
using System.IO;
using System.Linq;
using DiffSeg;
using DiffSeg.Display;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;

var page = new HtmlPage("1 · Quickstart: from a photo to its segments");

page.Paragraph("""
    DiffSeg divides a photo into segments, without training, without labels and without words. It asks an image model, for
    each spot of the photo, which other spots belong with it (the model's attention), and merges spots that answer alike.
    """);
page.Paragraph("""
    The model here is the demo model, which ships with the library. It knows colours and textures, not things: a quick look,
    no download. A better one is one line away, in place of `AttentionModel.Demo`.
    """);

var ml = new MLContext();
AttentionModel model = AttentionModel.Demo; // or AttentionModel.Load("your-model.onnx")
var encoder = ml.Segmentation().LoadEncoder(model);
page.Add(model);

page.Heading("The photo");
page.Paragraph("""
    `Encode` runs the model once. The session that comes back keeps the attention of the photo and answers every question
    about it in milliseconds.
    """);

string samples = new[] { "models/samples", "../models/samples" }.FirstOrDefault(Directory.Exists)
    ?? throw new DirectoryNotFoundException(
        "There is no folder models/samples here. Run this in the repository, or name a folder with photos of your own.");
var session = encoder.Encode(Path.Combine(samples, "oakland-zoo-otters.jpg"));
Picture photo = session.Picture!;
page.Add(photo);

page.Heading("Its segments");
page.Paragraph("""
    The mask has a label for each pixel of the photo. Move the pointer over the picture to see the photo alone; the table
    has the largest segments. `mask.Labels` are the labels, `mask.ToPng()` is the picture as a file.
    """);

Segmentation mask = session.Segment();
page.Add(mask);

page.Heading("Finer or coarser");
page.Paragraph("""
    One number says how much alike the attention of two spots must be to be merged: the KL threshold. A smaller one gives
    more segments, a larger one fewer.
    """);

page.Add(session.Segment(session.Options with { KlThreshold = 0.6f }));

page.Heading("What is here?");
page.Paragraph("""
    Or name a spot, in pixels from the upper left corner, and get the segment around it: here the otter on the stone.
    """);

page.Add(session.SegmentAt(x: 850, y: 430));

string target = args is [string given] ? given : "1-quickstart.html";
page.Save(target);
Console.WriteLine($"Open {Path.GetFullPath(target)} in a browser.");
