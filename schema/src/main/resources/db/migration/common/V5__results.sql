-- What is measured of a model: its features, and the classifiers on them. Accuracies are shares of 1, losses nats a pixel.

-- What features were taken of: written when they are begun.
create table feature_set (
    features_id bigint      not null primary key references artifact (artifact_id),
    model_id    bigint      not null references artifact (artifact_id),
    dataset_id  bigint      not null references artifact (artifact_id),
    iteration   bigint      not null check (iteration >= 0), -- of the model's checkpoint
    tap         varchar(10) not null check (tap in ('norm', 'residual'))
);

-- The mean activation at one layer for the images of one part, under one of several masks for a model that is given masks.
create table feature_part (
    features_id bigint        not null references artifact (artifact_id),
    network     varchar(10)   not null check (network in ('trained', 'untrained', 'pixels')),
    layer       integer       not null check (layer >= 0),
    split       varchar(10)   not null check (split in ('train', 'validation', 'test')),
    part        integer       not null check (part >= 0),
    path        varchar(1000) not null unique,
    row_count   bigint        not null check (row_count >= 0),
    width       integer       not null check (width > 0),
    sha256      varchar(64)   not null check (char_length(sha256) = 64),
    mask        integer       default 0 not null check (mask >= 0),
    primary key (features_id, network, layer, split, part, mask)
);

-- A linear classifier on one layer, or on several side by side (concat), at the L2 strength that the validation split chose.
create table probe (
    probe_id            bigint           not null references artifact (artifact_id),
    network             varchar(10)      not null check (network in ('trained', 'untrained', 'pixels', 'concat')),
    layer               integer          not null check (layer >= 0),
    l2                  double precision not null check (l2 >= 0),
    validation_accuracy double precision not null check (validation_accuracy between 0 and 1),
    test_accuracy       double precision check (test_accuracy between 0 and 1), -- null until tested, which is once
    objective           double precision not null,
    iterations          integer          not null check (iterations >= 0),
    converged           boolean          not null, -- reported, never silently cut
    best                boolean          not null, -- the best layer of its network, by validation accuracy
    path                varchar(1000)    not null,
    sha256              varchar(64)      not null check (char_length(sha256) = 64),
    solver              varchar(10)      default 'lbfgs' not null check (solver in ('lbfgs', 'sgd')),
    learning_rate       double precision check (learning_rate > 0), -- null for L-BFGS
    protocol            varchar(500)
        default 'l2 chosen on validation; refitted on train and validation; tested once' not null,
    vote_accuracy       double precision check (vote_accuracy between 0 and 1), -- test images, several masks; null without masks
    primary key (probe_id, network, layer)
);

-- A classifier fitted to few labels: one random subset of the training images.
create table lowdata_result (
    lowdata_id     bigint           not null references artifact (artifact_id),
    labels         integer          not null check (labels > 0),  -- a class
    subset         integer          not null check (subset >= 0), -- 0, 1, …
    layer          integer          not null check (layer >= 0),
    test_accuracy  double precision not null check (test_accuracy between 0 and 1),
    objective      double precision not null,
    iterations     integer          not null check (iterations >= 0),
    converged      boolean          not null,
    path           varchar(1000)    not null,
    sha256         varchar(64)      not null check (char_length(sha256) = 64),
    primary key (lowdata_id, labels, subset)
);

-- A model fine-tuned with a classifier on one of its layers.
create table classifier (
    classifier_id       bigint           not null primary key references artifact (artifact_id),
    model_id            bigint           not null references artifact (artifact_id), -- what it began with, or the like of it
    dataset_id          bigint           not null references artifact (artifact_id),
    start               varchar(10)      not null check (start in ('pretrained', 'random')),
    loss                varchar(20)      not null check (loss in ('joint', 'classification')),
    layer               integer          not null check (layer >= 0),     -- that the head reads
    learning_rate       double precision not null check (learning_rate > 0),
    iteration           bigint           not null check (iteration > 0),  -- the best on validation images
    validation_accuracy double precision not null check (validation_accuracy between 0 and 1), -- at that iteration
    test_accuracy       double precision check (test_accuracy between 0 and 1), -- null until tested, which is once
    vote_accuracy       double precision check (vote_accuracy between 0 and 1), -- of several masks; null without masks
    protocol            varchar(500)     not null
);

-- A learning rate tried, the largest first.
create table sweep_trial (
    sweep_id            bigint           not null references artifact (artifact_id),
    place               integer          not null check (place > 0), -- 1, 2, … in the order tried
    learning_rate       double precision not null check (learning_rate > 0),
    run                 bigint           not null references batch_job_instance (job_instance_id),
    made_id             bigint           references artifact (artifact_id), -- the model or classifier; null: it diverged
    validation_nats     double precision, -- what decides, of a model
    validation_accuracy double precision check (validation_accuracy between 0 and 1), -- what decides, of a classifier
    winner              boolean          not null,
    primary key (sweep_id, place)
);
