package igpt.batch;

import igpt.recipe.ChildRuns;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The Spring context of one run. Plain Spring: there is nothing to configure automatically, and it starts in a
 * fraction of the time. Beans are lazy, so that only the steps of the launched job are made.
 */
public final class SpringContext implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final StepFactory steps;

    public SpringContext(
            List<Class<?>> configuration,
            RunStore store,
            RunContext run,
            ChildRuns children,
            ProgressReporter progress) {
        context.setAllowBeanDefinitionOverriding(false);
        context.registerBean("dataSource", DataSource.class, store::dataSource);
        context.registerBean("transactionManager", PlatformTransactionManager.class, store::transactions);
        context.registerBean("atOnce", TransactionOperations.class, store::atOnce);
        context.registerBean("jobRepository", JobRepository.class, store::repository);
        context.registerBean("jdbcClient", JdbcClient.class, () -> JdbcClient.create(store.dataSource()));
        context.registerBean("runContext", RunContext.class, () -> run);
        context.registerBean("childRuns", ChildRuns.class, () -> children);
        context.registerBean("progressReporter", ProgressReporter.class, () -> progress);
        context.register(SchemaBeans.class);
        context.register(configuration.toArray(Class<?>[]::new));
        BeanFactoryPostProcessor lazy = beans -> Arrays.stream(beans.getBeanDefinitionNames())
                .forEach(name -> beans.getBeanDefinition(name).setLazyInit(true));
        context.addBeanFactoryPostProcessor(lazy);
        context.refresh();
        steps = new StepFactory(store.repository(), store.transactions(), run);
    }

    public Step step(StepDescription description) {
        var name = description.name();
        var step = steps.make(name, context.getBean(description.type()));
        return (Step) context.getBeanFactory().applyBeanPostProcessorsAfterInitialization(step, name);
    }

    @Override
    public void close() {
        context.close();
    }
}
