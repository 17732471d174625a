-- Which published set a dataset's images are, as their format says; no row for images of anybody's own. Published
-- results are compared with ours by this, and not by the dataset's name, which anybody can choose.
create table published_images (
    dataset_id bigint      not null primary key references dataset (dataset_id),
    name       varchar(20) not null -- cifar10, cifar100, stl10 or imagenet
);

-- Of earlier datasets the format was not noted. Their classes tell.
insert into published_images (dataset_id, name)
select d.dataset_id, k.name
from dataset d
join (select dataset_id, count(*) as classes from dataset_class group by dataset_id) n on n.dataset_id = d.dataset_id
join (
    select 'cifar10' as name, 10 as classes, 'frog' as one, 'automobile' as other
    union all select 'cifar100', 100, 'aquarium_fish', 'willow_tree'
    union all select 'stl10', 10, 'monkey', 'car'
    union all select 'imagenet', 1000, 'n01440764', 'n15075141'
) k on k.classes = n.classes
where exists (select 1 from dataset_class c where c.dataset_id = d.dataset_id and c.name = k.one)
    and exists (select 1 from dataset_class c where c.dataset_id = d.dataset_id and c.name = k.other);
